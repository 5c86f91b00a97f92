# Forgets the factor in front.
# fails: test_green
# says: "factor in front is missing"

# %% answer="green"
def green(r_nm, t_us, D, dimensions):
    spread_nm2 = 4 * D * np.asarray(t_us)
    return np.exp(-np.square(r_nm) / spread_nm2)
