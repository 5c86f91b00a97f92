# A recorder of each kind; the population as two halves of time; a spectrum segment by segment.
# passes: all

# %% answer="simulate"
def simulate(network, neuron, duration_ms, seed, spread=True, drive_stop_ms=None):
    fresh(seed)
    everyone = nest.Create("iaf_psc_delta", network["n_E"] + network["n_I"], params={**neuron, "V_m": neuron["E_L"]})
    excitatory, inhibitory = everyone[: network["n_E"]], everyone[network["n_E"] :]
    if spread:
        start_mV = np.random.default_rng(seed).uniform(neuron["E_L"], neuron["V_th"], len(everyone))
        everyone.V_m = start_mV.tolist()
    current = nest.Create("dc_generator", params={"amplitude": network["dc_mV"] * neuron["C_m"] / neuron["tau_m"]})
    nest.Connect(current, everyone, syn_spec={"delay": 0.1})
    outside = nest.Create("poisson_generator", params={"rate": network["external_Hz"]})
    nest.Connect(outside, everyone, syn_spec={"weight": network["J_ext_mV"], "delay": network["delay_ms"]})
    synapse = {"weight": network["J_mV"], "delay": network["delay_ms"]}
    nest.Connect(excitatory, everyone, {"rule": "fixed_indegree", "indegree": network["C_E"]}, synapse)
    synapse["weight"] *= -network["g"]
    nest.Connect(inhibitory, everyone, {"rule": "fixed_indegree", "indegree": network["C_I"]}, synapse)
    recorders = nest.Create("spike_recorder", 2)
    nest.Connect(excitatory, recorders[0])
    nest.Connect(inhibitory, recorders[1])
    if drive_stop_ms is None:
        nest.Simulate(duration_ms)
    else:
        nest.Simulate(drive_stop_ms)
        outside.rate = 0.0
        nest.Simulate(duration_ms - drive_stop_ms)
    parts = [recorder.get("events") for recorder in recorders]
    return np.concatenate([p["times"] for p in parts]), np.concatenate([p["senders"] for p in parts]) - 1


# %% answer="population_spectrum"
def population_spectrum(times_ms, start_ms, stop_ms, bin_ms=1.0, segment_ms=100.0):
    m, begin, powers, numbers = int(round(segment_ms / bin_ms)), start_ms, [], []
    while begin + segment_ms <= stop_ms + 1e-6:
        counts, _ = np.histogram(times_ms, bins=m, range=(begin, begin + segment_ms))
        powers.append(np.abs(np.fft.rfft(counts - np.mean(counts))) ** 2)
        numbers.append(np.sum(counts))
        begin += segment_ms
    return [np.arange(m // 2 + 1) * 1000 / segment_ms, sum(powers) / sum(numbers)]


# %% answer="regime"
def regime(cv, peak_Hz, peak_power):
    if cv < 0.2:
        return "SR" if peak_power > 30 else "AR"
    if peak_power <= 30:
        return "AI"
    return "SI fast" if peak_Hz > 60 else "SI slow"
