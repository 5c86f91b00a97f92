# Puts the difference of diameters into the slant height.
# fails: test_length_and_area
# says: "difference of radii, not of diameters"

# %% answer="length_and_area"
def length_and_area(points):
    steps = np.diff(points, axis=0)
    lengths = np.sqrt((steps[:, :3] ** 2).sum(axis=1))
    diameters = points[:-1, 3] + points[1:, 3]
    slants = np.sqrt(lengths**2 + steps[:, 3] ** 2)
    return lengths.sum(), (np.pi / 2 * diameters * slants).sum()
