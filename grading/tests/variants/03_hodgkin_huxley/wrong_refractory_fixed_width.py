# Always makes pulses of 0.5 ms.
# fails: test_refractory_period
# says: "other pulses"

# %% answer="refractory_period"
def refractory_period(current, duration_ms, dt_ms, axon):
    intervals = np.arange(5.0, 25.0, 0.1)
    width = round(0.5 / dt_ms)
    pulses = np.zeros((round(45 / dt_ms), len(intervals)))
    pulses[:width] = current
    for column, interval in enumerate(intervals):
        onset = round(interval / dt_ms)
        pulses[onset : onset + width, column] = current
    V = trusted_simulate(pulses, dt_ms, axon, REST)[0]
    return intervals[np.argmax([len(spike_times(column, dt_ms)) > 1 for column in V.T])]
