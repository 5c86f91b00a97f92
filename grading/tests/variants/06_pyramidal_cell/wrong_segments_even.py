# Rounds up and does not make it odd.
# fails: test_n_segments
# says: "round up to the next odd number"

# %% answer="n_segments"
def n_segments(points, R_a, C_m, frequency_Hz=100.0, d_lambda=0.1):
    lengths = np.sqrt((np.diff(points[:, :3], axis=0) ** 2).sum(axis=1))
    diameters = (points[:-1, 3] + points[1:, 3]) / 2
    lambdas = 1e5 * np.sqrt(diameters / (4 * np.pi * frequency_Hz * R_a * C_m))
    n = int(np.ceil((lengths / lambdas).sum() / d_lambda))
    return n
