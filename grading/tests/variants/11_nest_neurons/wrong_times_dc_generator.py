# Injects the current with a dc_generator, whose connection has a delay of 1 ms.
# fails: test_spike_times
# says: "shifted"

# %% answer="spike_times"
def spike_times(I_pA, duration_ms, cell, resolution_ms=0.1):
    fresh(resolution_ms=resolution_ms)
    neuron = nest.Create("iaf_psc_exp", params=cell)
    neuron.V_m = cell["E_L"]
    nest.Connect(nest.Create("dc_generator", params={"amplitude": I_pA}), neuron)
    recorder = nest.Create("spike_recorder")
    nest.Connect(neuron, recorder)
    nest.Simulate(duration_ms)
    return recorder.get("events")["times"]
