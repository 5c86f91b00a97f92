# Changes the slope and not the density at the soma: the total grows.
# fails: test_somatic_spikes
# says: "the total grows"

# %% answer="somatic_spikes"
linear, dendritic = dict(CHANNELS, k_per_um=0.04), dict(CHANNELS, **DENDRITIC)
runs = {
    "soma, uniform": (CHANNELS, 0.01, SOMA),
    "soma, linear": (linear, 0.01, SOMA),
    "soma, dendritic channels": (dendritic, 0.01, SOMA),
    "tip, uniform": (CHANNELS, 0.005, TIP),
    "tip, linear": (linear, 0.005, TIP),
}
traces = {key: simulate(TREE, *run, [SOMA, TIP], 100.0) for key, run in runs.items()}
somatic_spikes = {key: len(spike_times(t_ms, v_mV[0])) for key, (t_ms, v_mV) in traces.items()}
