# Variance in place of the standard deviation.
# fails: test_describe_train_cv
# says: "variance divided by the mean"

# %% answer="describe_train"
def describe_train(spike_times_ms):
    isi = np.diff(spike_times_ms)
    return {"mean_isi_ms": isi.mean(), "rate_Hz": 1e3 / isi.mean(), "cv": isi.var() / isi.mean()}
