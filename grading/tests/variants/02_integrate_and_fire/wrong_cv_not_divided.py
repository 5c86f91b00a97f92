# Returns the standard deviation.
# fails: test_cv_isi
# says: "divide it by the mean"

# %% answer="cv_isi"
def cv_isi(spike_times_ms):
    return np.std(np.diff(spike_times_ms))
