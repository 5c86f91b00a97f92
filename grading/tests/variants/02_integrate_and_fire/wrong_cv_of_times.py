# Takes the spike times for the intervals.
# fails: test_cv_isi
# says: "CV of a regular spike train"

# %% answer="cv_isi"
def cv_isi(spike_times_ms):
    return np.std(spike_times_ms) / np.mean(spike_times_ms)
