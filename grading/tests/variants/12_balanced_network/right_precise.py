# Pandas for the spikes; no self-connections in the network.
# passes: all

# %% answer="simulate"
def simulate(network, neuron, duration_ms, seed, spread=True, drive_stop_ms=None):
    fresh(seed)
    n_E, n_I, J_mV = network["n_E"], network["n_I"], network["J_mV"]
    everyone = nest.Create("iaf_psc_delta", n_E + n_I, params=neuron)
    everyone.set(V_m=neuron["E_L"], I_e=network["dc_mV"] / (neuron["tau_m"] / neuron["C_m"]))
    if spread:
        everyone.set(V_m=nest.random.uniform(min=neuron["E_L"], max=neuron["V_th"]))
    drive = {"rate": network["external_Hz"]}
    if drive_stop_ms is not None:
        drive["stop"] = drive_stop_ms
    nest.Connect(
        nest.Create("poisson_generator", 1, drive),
        everyone,
        syn_spec={"weight": network["J_ext_mV"], "delay": network["delay_ms"]},
    )
    nest.CopyModel("static_synapse", "excite", {"weight": J_mV, "delay": network["delay_ms"]})
    nest.CopyModel("static_synapse", "inhibit", {"weight": -J_mV * network["g"], "delay": network["delay_ms"]})
    rule = {"rule": "fixed_indegree", "allow_autapses": False}
    nest.Connect(everyone[:n_E], everyone, {**rule, "indegree": network["C_E"]}, "excite")
    nest.Connect(everyone[n_E:], everyone, {**rule, "indegree": network["C_I"]}, "inhibit")
    recorder = nest.Create("spike_recorder")
    nest.Connect(everyone, recorder)
    nest.Simulate(duration_ms)
    return recorder.get("events", "times"), recorder.get("events", "senders") - everyone[0].global_id


# %% answer="rate_and_cv"
def rate_and_cv(times_ms, senders, n, start_ms, stop_ms):
    import pandas as pd

    spikes = pd.DataFrame({"t": np.asarray(times_ms), "k": np.asarray(senders)}).sort_values(["k", "t"])
    spikes = spikes[(spikes.t > start_ms) & (spikes.t <= stop_ms)]
    gaps = spikes.groupby("k").t.diff().groupby(spikes.k)
    cv = (gaps.std(ddof=0) / gaps.mean())[gaps.count() >= 2]
    return len(spikes) / n / (stop_ms - start_ms) * 1e3, float(cv.mean())
