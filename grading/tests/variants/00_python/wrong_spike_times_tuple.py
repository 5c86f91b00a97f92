# np.nonzero gives a tuple of arrays, and a tuple times a float is an error.
# fails: test_spike_times_of
# says: "can't multiply sequence"

# %% answer="spike_times_of"
def spike_times_of(raster, neuron, dt_ms):
    return np.nonzero(raster[neuron]) * dt_ms
