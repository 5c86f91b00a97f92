# Ignores the level.
# fails: test_spike_times
# says: "one too few"

# %% answer="spike_times"
def spike_times(t_ms, v_mV, level_mV=0.0):
    t_ms, v_mV = np.asarray(t_ms), np.asarray(v_mV)
    return t_ms[1:][(v_mV[:-1] < 0) & (v_mV[1:] >= 0)]
