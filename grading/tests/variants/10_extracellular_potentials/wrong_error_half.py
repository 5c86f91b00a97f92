# Returns where the dipole should lie.
# fails: test_error_length
# says: "half of the length"

# %% answer="error_length"
def error_length(points_um, currents_nA, u):
    points, currents = np.asarray(points_um), np.asarray(currents_nA)
    height = points @ np.asarray(u)
    q = currents @ (3 * height**2 - (points**2).sum(axis=1)) / 2
    return q / 2 / (currents @ height)
