# Sums over the times.
# fails: test_smoothed_rate, test_smoothed_rate_speed
# says: "wrong axis"

# %% answer="smoothed_rate"
def smoothed_rate(spike_times_ms, t_ms, sigma_ms):
    distance = (t_ms[:, np.newaxis] - spike_times_ms) / sigma_ms
    return 1e3 * np.exp(-0.5 * distance**2).sum(axis=0) / (sigma_ms * np.sqrt(2 * np.pi))
