# Divides the number of spikes by the time of the last one.
# fails: test_firing_rate
# says: "spikes divided by the time of the last one"

# %% answer="firing_rate"
def firing_rate(spike_times_ms):
    if len(spike_times_ms) < 2:
        return 0.0
    return 1e3 * len(spike_times_ms) / spike_times_ms[-1]
