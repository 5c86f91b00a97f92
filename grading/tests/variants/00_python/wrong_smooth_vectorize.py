# np.vectorize hides the loop, but Python still visits every pair.
# fails: test_smoothed_rate_speed
# says: "more than a third of the loop's time"

# %% answer="smoothed_rate"
def smoothed_rate(spike_times_ms, t_ms, sigma_ms):
    def bell(t, spike):
        return 1e3 * np.exp(-0.5 * ((t - spike) / sigma_ms) ** 2) / (sigma_ms * np.sqrt(2 * np.pi))

    bells = np.vectorize(bell, otypes=[float])
    return bells(t_ms[:, np.newaxis], spike_times_ms).sum(axis=1)
