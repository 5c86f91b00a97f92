# Counts all spikes.
# fails: test_firing_rate
# says: "all spikes are counted"

# %% answer="firing_rate"
def firing_rate(t_ms, v_mV, from_ms, to_ms):
    up = (v_mV[:-1] < 0) & (v_mV[1:] >= 0)
    times = t_ms[1:][up]
    return 1000 * len(times) / (to_ms - from_ms)
