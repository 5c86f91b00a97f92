# Averages the neurons' averages.
# fails: test_lap_time
# says: "each neuron's mean"

# %% answer="lap_time"
def lap_time(spikes_ms):
    laps_ms = np.array([np.mean(np.diff(times)) for times in spikes_ms if len(times) > 1])
    return laps_ms.mean() if len(laps_ms) else None
