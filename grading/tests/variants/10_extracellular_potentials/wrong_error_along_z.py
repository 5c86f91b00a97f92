# Looks along z, whatever u is.
# fails: test_error_length
# says: "along u, not along z"

# %% answer="error_length"
def error_length(points_um, currents_nA, u):
    points, currents = np.asarray(points_um), np.asarray(currents_nA)
    height = points[:, 2]
    q = currents @ (3 * height**2 - (points**2).sum(axis=1)) / 2
    return q / (currents @ height)
