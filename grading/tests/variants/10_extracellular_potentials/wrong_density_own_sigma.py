# Takes the conductivity from the notebook.
# fails: test_source_density
# says: "taken from SIGMA"

# %% answer="source_density"
def source_density(potential_mV, spacing_um, sigma):
    phi = np.asarray(potential_mV)
    return -1e6 * SIGMA * (phi[2:] - 2 * phi[1:-1] + phi[:-2]) / spacing_um**2
