# Spreads the current into a half-space.
# fails: test_point_matrix
# says: "this is a half-space"

# %% answer="point_matrix"
def point_matrix(points_um, electrodes_um, sigma):
    points, electrodes = np.asarray(points_um), np.asarray(electrodes_um)
    distance = np.linalg.norm(electrodes[:, None] - points[None], axis=-1)
    return 1 / (2 * np.pi * sigma * distance)
