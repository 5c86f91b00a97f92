# Not mended.
# fails: test_spike_counts
# says: "out of range"

# %% answer="spike_counts"
def spike_counts(spike_times_ms, edges_ms):
    return broken_counts(spike_times_ms, edges_ms)
