# Counts the walkers within the edges alone.
# fails: test_z_scores
# says: "number of all walkers"

# %% answer="z_scores"
def z_scores(x_nm, edges_nm, t_us, D):
    counts = np.histogram(x_nm, edges_nm)[0]
    n_walkers = counts.sum()
    p = np.diff(erf(np.asarray(edges_nm) / np.sqrt(4 * D * t_us))) / 2
    return (counts - n_walkers * p) / np.sqrt(n_walkers * p * (1 - p))
