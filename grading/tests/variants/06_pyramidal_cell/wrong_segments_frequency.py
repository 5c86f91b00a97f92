# Forgets the arguments with defaults.
# fails: test_n_segments
# says: "is not used"

# %% answer="n_segments"
def n_segments(points, R_a, C_m, frequency_Hz=100.0, d_lambda=0.1):
    lengths = np.sqrt((np.diff(points[:, :3], axis=0) ** 2).sum(axis=1))
    diameters = (points[:-1, 3] + points[1:, 3]) / 2
    lambdas = 1e5 * np.sqrt(diameters / (4 * np.pi * 100 * R_a * C_m))
    n = int(np.ceil((lengths / lambdas).sum() / 0.1))
    return n if n % 2 else n + 1
