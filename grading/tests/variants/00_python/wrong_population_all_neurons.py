# Mended, but the number of neurons got lost on the way.
# fails: test_population_rate
# says: "divide by their number"

# %% answer="population_rate"
def population_rate(raster, dt_ms):
    n_neurons, n_bins = raster.shape
    return 1e3 * raster.sum() / (n_bins * dt_ms)
