# Returns nA/µm³.
# fails: test_source_density
# says: "multiply by a million"

# %% answer="source_density"
def source_density(potential_mV, spacing_um, sigma):
    phi = np.asarray(potential_mV)
    return -sigma * (phi[2:] - 2 * phi[1:-1] + phi[:-2]) / spacing_um**2
