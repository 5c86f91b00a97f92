# Divides by the mean of no intervals.
# fails: test_firing_rate
# says: "NaN"

# %% answer="firing_rate"
def firing_rate(spike_times_ms):
    intervals = np.diff(spike_times_ms)
    return 1e3 / (np.sum(intervals) / np.float64(len(intervals)))
