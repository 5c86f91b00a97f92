# Uses one mean diameter.
# fails: test_n_segments
# says: "one mean diameter for the whole section"

# %% answer="n_segments"
def n_segments(points, R_a, C_m, frequency_Hz=100.0, d_lambda=0.1):
    lengths = np.sqrt((np.diff(points[:, :3], axis=0) ** 2).sum(axis=1))
    diameters = np.full(len(lengths), points[:, 3].mean())
    lambdas = 1e5 * np.sqrt(diameters / (4 * np.pi * frequency_Hz * R_a * C_m))
    n = int(np.ceil((lengths / lambdas).sum() / d_lambda))
    return n if n % 2 else n + 1
