# Divides by the variance.
# fails: test_z_scores
# says: "not by the variance"

# %% answer="z_scores"
def z_scores(x_nm, edges_nm, t_us, D):
    n_walkers = len(x_nm)
    counts = np.histogram(x_nm, edges_nm)[0]
    p = np.diff(erf(np.asarray(edges_nm) / np.sqrt(4 * D * t_us))) / 2
    return (counts - n_walkers * p) / (n_walkers * p * (1 - p))
