# Takes rest to be 0 mV, which it is only in this notebook's NEURON.
# fails: test_simulate_start
# says: "rest is E_L"

# %% answer="simulate"
def simulate(network, neuron, duration_ms, seed, spread=True, drive_stop_ms=None):
    fresh(seed)
    excitatory = nest.Create("iaf_psc_delta", network["n_E"], params=neuron)
    inhibitory = nest.Create("iaf_psc_delta", network["n_I"], params=neuron)
    everyone = excitatory + inhibitory
    everyone.I_e = network["dc_mV"] * neuron["C_m"] / neuron["tau_m"]
    everyone.V_m = nest.random.uniform(min=0.0, max=neuron["V_th"]) if spread else 0.0
    outside = nest.Create("poisson_generator", params={"rate": network["external_Hz"]})
    if drive_stop_ms is not None:
        outside.stop = drive_stop_ms
    recorder = nest.Create("spike_recorder")
    J_mV, delay_ms = network["J_mV"], network["delay_ms"]
    nest.Connect(outside, everyone, syn_spec={"weight": network["J_ext_mV"], "delay": delay_ms})
    for source, C, weight_mV in (
        (excitatory, network["C_E"], J_mV),
        (inhibitory, network["C_I"], -network["g"] * J_mV),
    ):
        rule = {"rule": "fixed_indegree", "indegree": C}
        nest.Connect(source, everyone, rule, {"weight": weight_mV, "delay": delay_ms})
    nest.Connect(everyone, recorder)
    nest.Simulate(duration_ms)
    events = recorder.get("events")
    return events["times"], events["senders"] - 1
