# Takes all points to lie on the axis.
# fails: test_error_length
# says: "only for points on a line"

# %% answer="error_length"
def error_length(points_um, currents_nA, u):
    points, currents = np.asarray(points_um), np.asarray(currents_nA)
    height = points @ np.asarray(u)
    q = currents @ height**2
    return q / (currents @ height)
