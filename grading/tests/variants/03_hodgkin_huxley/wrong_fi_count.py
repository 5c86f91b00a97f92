# Counts spikes and divides by the duration.
# fails: test_fi_curve
# says: "number of spikes divided by the duration"

# %% answer="fi_curve"
def fi_curve(currents, dt_ms, axon):
    V = trusted_simulate(np.tile(currents, (round(200 / dt_ms), 1)), dt_ms, axon, REST)[0]
    result = np.zeros(len(currents))
    for i, column in enumerate(V.T):
        times = spike_times(column, dt_ms)
        if len(times) > 1 and times[-1] > 170:
            result[i] = len(times) / 0.2
    return result
