# Asks for two intervals where one is enough.
# fails: test_firing_rate
# says: "one interval is enough"

# %% answer="firing_rate"
def firing_rate(spike_times_ms):
    isi_ms = np.diff(spike_times_ms)
    if len(isi_ms) < 2:
        return 0.0
    return 1e3 / np.mean(isi_ms)
