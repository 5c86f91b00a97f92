# Takes the diameter for a fourth coordinate.
# fails: test_n_segments
# says: "the diameters are no coordinates"

# %% answer="n_segments"
def n_segments(points, R_a, C_m, frequency_Hz=100.0, d_lambda=0.1):
    lengths = np.linalg.norm(np.diff(points, axis=0), axis=1)
    diameters = (points[:-1, 3] + points[1:, 3]) / 2
    lambdas = 1e5 * np.sqrt(diameters / (4 * np.pi * frequency_Hz * R_a * C_m))
    n = int(np.ceil((lengths / lambdas).sum() / d_lambda))
    return n if n % 2 else n + 1
