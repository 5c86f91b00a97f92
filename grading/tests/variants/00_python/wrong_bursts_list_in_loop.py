# Makes the list anew in every turn of the loop.
# fails: test_burst_starts
# says: "only the last burst is left"

# %% answer="burst_starts"
def burst_starts(spike_times_ms, max_isi_ms):
    in_burst = False
    for k in range(len(spike_times_ms) - 1):
        starts_ms = []
        if spike_times_ms[k + 1] - spike_times_ms[k] > max_isi_ms:
            in_burst = False
        elif not in_burst:
            starts_ms.append(spike_times_ms[k])
            in_burst = True
    return starts_ms
