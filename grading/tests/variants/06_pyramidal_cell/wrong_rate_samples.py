# Counts samples above 0 mV.
# fails: test_firing_rate
# says: "count upward crossings alone"

# %% answer="firing_rate"
def firing_rate(t_ms, v_mV, from_ms, to_ms):
    up = v_mV[1:] > 0
    times = t_ms[1:][up]
    return 1000 * np.sum((times >= from_ms) & (times <= to_ms)) / (to_ms - from_ms)
