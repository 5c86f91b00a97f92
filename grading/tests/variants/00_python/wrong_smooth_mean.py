# Averages over the spikes.
# fails: test_smoothed_rate, test_smoothed_rate_speed
# says: "mean over the spikes"

# %% answer="smoothed_rate"
def smoothed_rate(spike_times_ms, t_ms, sigma_ms):
    distance = (t_ms[:, None] - spike_times_ms[None, :]) / sigma_ms
    return 1e3 * np.exp(-0.5 * distance**2).mean(axis=1) / (sigma_ms * np.sqrt(2 * np.pi))
