# Sums over the neurons.
# fails: test_window_rates
# says: "wrong axis"

# %% answer="window_rates"
def window_rates(raster, start_ms, stop_ms, dt_ms):
    first, last = round(start_ms / dt_ms), round(stop_ms / dt_ms)
    return 1e3 * raster[:, first:last].sum(axis=0) / (stop_ms - start_ms)
