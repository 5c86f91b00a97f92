# Divides the variance by the mean.
# fails: test_cv_isi
# says: "variance divided by the mean"

# %% answer="cv_isi"
def cv_isi(spike_times_ms):
    isi = np.diff(spike_times_ms)
    return np.var(isi) / np.mean(isi)
