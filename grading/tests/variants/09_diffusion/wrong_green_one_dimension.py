# The factor in front is that of one dimension.
# fails: test_green
# says: "one-dimensional function"

# %% answer="green"
def green(r_nm, t_us, D, dimensions):
    spread_nm2 = 4 * D * np.asarray(t_us)
    return np.exp(-np.square(r_nm) / spread_nm2) / (np.pi * spread_nm2) ** 0.5
