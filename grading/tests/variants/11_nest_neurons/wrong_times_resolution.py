# Ignores the time step.
# fails: test_spike_times
# says: "another cell"

# %% answer="spike_times"
def spike_times(I_pA, duration_ms, cell, resolution_ms=0.1):
    fresh()
    neuron = nest.Create("iaf_psc_exp", params=cell)
    neuron.V_m = cell["E_L"]
    neuron.I_e = I_pA
    recorder = nest.Create("spike_recorder")
    nest.Connect(neuron, recorder)
    nest.Simulate(duration_ms)
    return recorder.get("events")["times"]
