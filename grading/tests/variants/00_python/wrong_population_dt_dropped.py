# The factor is gone, and with it the width of the bins.
# fails: test_population_rate
# says: "has no effect now"

# %% answer="population_rate"
def population_rate(raster, dt_ms):
    n_neurons, n_bins = raster.shape
    return 1e3 * raster.sum() / (n_neurons * n_bins)
