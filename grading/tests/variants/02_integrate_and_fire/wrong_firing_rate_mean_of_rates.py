# Averages one divided by each interval.
# fails: test_firing_rate
# says: "not the mean of one divided by each"

# %% answer="firing_rate"
def firing_rate(spike_times_ms):
    return float(np.mean(1e3 / np.diff(spike_times_ms))) if len(spike_times_ms) > 1 else 0.0
