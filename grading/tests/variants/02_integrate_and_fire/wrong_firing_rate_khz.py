# Returns spikes per ms.
# fails: test_firing_rate
# says: "1000 times too small"

# %% answer="firing_rate"
def firing_rate(spike_times_ms):
    return 1 / np.mean(np.diff(spike_times_ms)) if len(spike_times_ms) > 1 else 0.0
