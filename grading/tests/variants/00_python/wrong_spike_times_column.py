# Takes a column for a neuron.
# fails: test_spike_times_of
# says: "a column of the raster"

# %% answer="spike_times_of"
def spike_times_of(raster, neuron, dt_ms):
    return np.flatnonzero(raster[:, neuron]) * dt_ms
