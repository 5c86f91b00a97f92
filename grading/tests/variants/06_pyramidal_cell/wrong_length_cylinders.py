# Takes each cone for a cylinder.
# fails: test_length_and_area
# says: "side of a cone is longer than its axis"

# %% answer="length_and_area"
def length_and_area(points):
    steps = np.diff(points, axis=0)
    lengths = np.sqrt((steps[:, :3] ** 2).sum(axis=1))
    diameters = points[:-1, 3] + points[1:, 3]
    slants = lengths
    return lengths.sum(), (np.pi / 2 * diameters * slants).sum()
