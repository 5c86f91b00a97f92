# Not mended: the list outlives the call.
# fails: test_burst_starts
# says: "an earlier call"

# %% answer="burst_starts"
def burst_starts(spike_times_ms, max_isi_ms):
    return broken_bursts(spike_times_ms, max_isi_ms)
