# Returns the square of the CV.
# fails: test_cv_isi
# says: "square of the CV"

# %% answer="cv_isi"
def cv_isi(spike_times_ms):
    isi = np.diff(spike_times_ms)
    return np.var(isi) / np.mean(isi) ** 2
