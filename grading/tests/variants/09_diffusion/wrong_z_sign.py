# Expected minus counted.
# fails: test_z_scores
# says: "the sign"

# %% answer="z_scores"
def z_scores(x_nm, edges_nm, t_us, D):
    n_walkers = len(x_nm)
    counts = np.histogram(x_nm, edges_nm)[0]
    p = np.diff(erf(np.asarray(edges_nm) / np.sqrt(4 * D * t_us))) / 2
    return (n_walkers * p - counts) / np.sqrt(n_walkers * p * (1 - p))
