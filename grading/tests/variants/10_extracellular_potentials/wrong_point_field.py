# Takes the field for the potential.
# fails: test_point_matrix
# says: "a field with its square"

# %% answer="point_matrix"
def point_matrix(points_um, electrodes_um, sigma):
    points, electrodes = np.asarray(points_um), np.asarray(electrodes_um)
    distance = np.linalg.norm(electrodes[:, None] - points[None], axis=-1)
    return 1 / (4 * np.pi * sigma * distance**2)
