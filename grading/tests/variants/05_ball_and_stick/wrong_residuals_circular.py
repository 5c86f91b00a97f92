# Takes the last residual for a neighbour of the first.
# fails: test_residual_statistics
# says: "the sum ends at n - 1"

# %% answer="residual_statistics"
def residual_statistics(residuals_mV, n_parameters):
    r = np.asarray(residuals_mV)
    squares = np.sum(r**2)
    return np.sqrt(squares / (len(r) - n_parameters)), np.sum(r * np.roll(r, 1)) / squares
