# Leaves the dendritic channels out.
# fails: test_somatic_spikes
# says: "the dendritic channels are missing"

# %% answer="somatic_spikes"
linear, dendritic = dict(CHANNELS, **LINEAR), CHANNELS
runs = {
    "soma, uniform": (CHANNELS, 0.01, SOMA),
    "soma, linear": (linear, 0.01, SOMA),
    "soma, dendritic channels": (dendritic, 0.01, SOMA),
    "tip, uniform": (CHANNELS, 0.005, TIP),
    "tip, linear": (linear, 0.005, TIP),
}
traces = {key: simulate(TREE, *run, [SOMA, TIP], 100.0) for key, run in runs.items()}
somatic_spikes = {key: len(spike_times(t_ms, v_mV[0])) for key, (t_ms, v_mV) in traces.items()}
