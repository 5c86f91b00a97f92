# Pearson's coefficient, which subtracts means.
# fails: test_residual_statistics
# says: "as np.corrcoef does"

# %% answer="residual_statistics"
def residual_statistics(residuals_mV, n_parameters):
    r = np.asarray(residuals_mV)
    squares = np.sum(r**2)
    return np.sqrt(squares / (len(r) - n_parameters)), np.corrcoef(r[:-1], r[1:])[0, 1]
