# Measures from the first point to the last.
# fails: test_length_and_area
# says: "straight line from the first point to the last"

# %% answer="length_and_area"
def length_and_area(points):
    steps = np.diff(points, axis=0)
    lengths = np.sqrt((steps[:, :3] ** 2).sum(axis=1))
    diameters = points[:-1, 3] + points[1:, 3]
    slants = np.sqrt(lengths**2 + (steps[:, 3] / 2) ** 2)
    return np.sqrt(((points[-1, :3] - points[0, :3]) ** 2).sum()), (np.pi / 2 * diameters * slants).sum()
