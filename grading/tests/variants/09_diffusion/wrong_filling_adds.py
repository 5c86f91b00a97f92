# Adds what is missing.
# fails: test_filling
# says: "subtract them"

# %% answer="filling"
def filling(x_nm, t_us, d_nm, D, terms):
    share = np.asarray(x_nm) / d_nm
    m = np.arange(1, terms + 1)
    waves = 2 / (np.pi * m) * np.sin(np.pi * np.outer(share, m)) * np.exp(-(m**2) * np.pi**2 * D * t_us / d_nm**2)
    return 1 - share + waves.sum(axis=1)
