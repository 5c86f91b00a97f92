# Writes the bell with 2Dt in place of 4Dt in the exponent.
# fails: test_green
# says: "not -r²/(2Dt)"

# %% answer="green"
def green(r_nm, t_us, D, dimensions):
    spread_nm2 = 4 * D * np.asarray(t_us)
    return np.exp(-np.square(r_nm) / (spread_nm2 / 2)) / (np.pi * spread_nm2) ** (dimensions / 2)
