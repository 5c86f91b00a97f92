# Divides by the spacing once.
# fails: test_source_density
# says: "square of the spacing"

# %% answer="source_density"
def source_density(potential_mV, spacing_um, sigma):
    phi = np.asarray(potential_mV)
    return -1e6 * sigma * (phi[2:] - 2 * phi[1:-1] + phi[:-2]) / spacing_um
