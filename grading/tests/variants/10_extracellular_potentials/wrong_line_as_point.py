# Puts a point into the middle of each segment.
# fails: test_line_matrix
# says: "this is a point in the middle"

# %% answer="line_matrix"
def line_matrix(start_um, end_um, electrodes_um, sigma, rho_min_um=1.0):
    start, axis = np.asarray(start_um, float), np.asarray(end_um, float) - np.asarray(start_um, float)
    length = np.linalg.norm(axis, axis=1)
    d = np.asarray(electrodes_um, float)[:, None] - start[None]
    a = (d * (axis / length[:, None])).sum(axis=-1)
    rho = np.sqrt(np.maximum((d**2).sum(axis=-1) - a**2, rho_min_um**2))
    return 1 / (4 * np.pi * sigma * np.hypot(a - length / 2, rho))
