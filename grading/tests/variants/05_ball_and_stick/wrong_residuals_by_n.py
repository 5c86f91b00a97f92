# Divides by n.
# fails: test_residual_statistics
# says: "divide by n - p, not by n"

# %% answer="residual_statistics"
def residual_statistics(residuals_mV, n_parameters):
    r = np.asarray(residuals_mV)
    squares = np.sum(r**2)
    return np.sqrt(squares / (len(r))), np.sum(r[:-1] * r[1:]) / squares
