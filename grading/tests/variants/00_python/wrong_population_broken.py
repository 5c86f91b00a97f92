# Not mended.
# fails: test_population_rate
# says: "still multiplies"

# %% answer="population_rate"
def population_rate(raster, dt_ms):
    return broken_rate(raster, dt_ms)
