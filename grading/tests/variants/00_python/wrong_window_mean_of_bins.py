# The mean over the bins is a rate only where a bin is 1 ms wide.
# fails: test_window_rates
# says: "the time that the bins take"

# %% answer="window_rates"
def window_rates(raster, start_ms, stop_ms, dt_ms):
    first, last = round(start_ms / dt_ms), round(stop_ms / dt_ms)
    return 1e3 * raster[:, first:last].mean(axis=1)
