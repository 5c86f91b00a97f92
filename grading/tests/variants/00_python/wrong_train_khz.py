# A rate per millisecond.
# fails: test_describe_train
# says: "kHz rather than Hz"

# %% answer="describe_train"
def describe_train(spike_times_ms):
    isi = np.diff(spike_times_ms)
    return {"mean_isi_ms": isi.mean(), "rate_Hz": 1 / isi.mean(), "cv": isi.std() / isi.mean()}
