# Forgets the root.
# fails: test_residual_statistics
# says: "take the root"

# %% answer="residual_statistics"
def residual_statistics(residuals_mV, n_parameters):
    r = np.asarray(residuals_mV)
    squares = np.sum(r**2)
    return squares / (len(r) - n_parameters), np.sum(r[:-1] * r[1:]) / squares
