# Slices with times as if they were bin numbers.
# fails: test_window_rates
# says: "in ms, not in bins"

# %% answer="window_rates"
def window_rates(raster, start_ms, stop_ms, dt_ms):
    return 1e3 * raster[:, int(start_ms) : int(stop_ms)].sum(axis=1) / (stop_ms - start_ms)
