# Looks at neuron 0 alone.
# fails: test_lap_time
# says: "not neuron 0 alone"

# %% answer="lap_time"
def lap_time(spikes_ms):
    laps_ms = np.diff(spikes_ms[0])
    return laps_ms.mean() if len(laps_ms) else None
