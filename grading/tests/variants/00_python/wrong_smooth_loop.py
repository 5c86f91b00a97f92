# The loop under another name: right, but no faster.
# fails: test_smoothed_rate_speed
# says: "more than a third of the loop's time"

# %% answer="smoothed_rate"
def smoothed_rate(spike_times_ms, t_ms, sigma_ms):
    return smoothed_rate_loop(spike_times_ms, t_ms, sigma_ms)
