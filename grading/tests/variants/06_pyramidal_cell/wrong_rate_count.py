# Returns the number of spikes.
# fails: test_firing_rate
# says: "this is the number of spikes"

# %% answer="firing_rate"
def firing_rate(t_ms, v_mV, from_ms, to_ms):
    up = (v_mV[:-1] < 0) & (v_mV[1:] >= 0)
    times = t_ms[1:][up]
    return np.sum((times >= from_ms) & (times <= to_ms))
