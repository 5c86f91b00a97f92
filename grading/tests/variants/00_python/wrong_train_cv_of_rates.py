# The CV of one divided by the intervals.
# fails: test_describe_train_cv
# says: "one divided by each interval"

# %% answer="describe_train"
def describe_train(spike_times_ms):
    isi = np.diff(spike_times_ms)
    rates = 1e3 / isi
    return {"mean_isi_ms": isi.mean(), "rate_Hz": 1e3 / isi.mean(), "cv": rates.std() / rates.mean()}
