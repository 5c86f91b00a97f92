# Divides by the number of spikes, not of intervals.
# fails: test_describe_train
# says: "one interval fewer than spikes"

# %% answer="describe_train"
def describe_train(spike_times_ms):
    isi = np.diff(spike_times_ms)
    mean = (spike_times_ms[-1] - spike_times_ms[0]) / len(spike_times_ms)
    return {"mean_isi_ms": mean, "rate_Hz": 1e3 / mean, "cv": np.std(isi) / np.mean(isi)}
