# Makes the loop of the notebook slow instead of its own function fast. The test times a loop of its own.
# fails: test_smoothed_rate_speed
# says: "more than a third of the loop's time"

# %% answer="smoothed_rate"
smoothed_rate = smoothed_rate_loop


def smoothed_rate_loop(spike_times_ms, t_ms, sigma_ms):
    time.sleep(2.0)
    return smoothed_rate(spike_times_ms, t_ms, sigma_ms)
