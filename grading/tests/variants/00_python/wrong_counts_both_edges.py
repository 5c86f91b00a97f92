# The number of turns is right now, but a spike on an edge counts twice.
# fails: test_spike_counts
# says: "counted twice"

# %% answer="spike_counts"
def spike_counts(spike_times_ms, edges_ms):
    counts = []
    for k in range(len(edges_ms) - 1):
        counts.append(sum(edges_ms[k] <= spike_ms <= edges_ms[k + 1] for spike_ms in spike_times_ms))
    return counts
