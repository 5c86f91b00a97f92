# Returns indices in place of times.
# fails: test_spike_times
# says: "an index rather than a time"

# %% answer="spike_times"
def spike_times(t_ms, v_mV, level_mV=0.0):
    t_ms, v_mV = np.asarray(t_ms), np.asarray(v_mV)
    return np.flatnonzero((v_mV[:-1] < level_mV) & (v_mV[1:] >= level_mV)) + 1
