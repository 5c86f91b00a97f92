# Writes 0 where there is no lap.
# fails: test_lap_time
# says: "without a complete lap there is no time"

# %% answer="lap_time"
def lap_time(spikes_ms):
    laps_ms = np.concatenate([np.diff(times) for times in spikes_ms])
    return laps_ms.mean() if len(laps_ms) else 0.0
