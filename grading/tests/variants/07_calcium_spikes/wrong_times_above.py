# Takes every sample above the level for a spike.
# fails: test_spike_times
# says: "counted more than once"

# %% answer="spike_times"
def spike_times(t_ms, v_mV, level_mV=0.0):
    t_ms, v_mV = np.asarray(t_ms), np.asarray(v_mV)
    return t_ms[v_mV >= level_mV]
