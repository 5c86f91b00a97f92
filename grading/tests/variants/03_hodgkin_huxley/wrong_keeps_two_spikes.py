# Two spikes will do.
# fails: test_keeps_firing, test_firing_threshold
# says: "two spikes are not enough"

# %% answer="keeps_firing"
def keeps_firing(currents, dt_ms, axon):
    V = trusted_simulate(np.tile(currents, (round(200 / dt_ms), 1)), dt_ms, axon, REST)[0]
    return np.array([len(spike_times(column, dt_ms)) > 1 for column in V.T])
