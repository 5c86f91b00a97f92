# Does not start at rest: NEST starts at -70 mV, whatever E_L is.
# fails: test_spike_times
# says: "does it start at its own E_L?"

# %% answer="spike_times"
def spike_times(I_pA, duration_ms, cell, resolution_ms=0.1):
    fresh(resolution_ms=resolution_ms)
    neuron = nest.Create("iaf_psc_exp", params=cell)
    neuron.I_e = I_pA
    recorder = nest.Create("spike_recorder")
    nest.Connect(neuron, recorder)
    nest.Simulate(duration_ms)
    return recorder.get("events")["times"]
