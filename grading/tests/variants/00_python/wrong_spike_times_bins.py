# Returns bin numbers.
# fails: test_spike_times_of
# says: "bin numbers, not times"

# %% answer="spike_times_of"
def spike_times_of(raster, neuron, dt_ms):
    return np.where(raster[neuron])[0]
