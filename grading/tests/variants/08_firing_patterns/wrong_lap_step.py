# Takes the time from one neuron to the next.
# fails: test_lap_time
# says: "from one neuron to the next"

# %% answer="lap_time"
def lap_time(spikes_ms):
    laps_ms = np.diff([times[0] for times in spikes_ms if len(times)])
    return laps_ms.mean() if len(laps_ms) else None
