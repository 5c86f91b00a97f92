# Takes the time of one dimension for all.
# fails: test_peak
# says: "time in one dimension"

# %% answer="peak"
def peak(amount, r_nm, D, dimensions):
    t_us = r_nm**2 / (2 * D)
    per_nm3 = amount * (dimensions / (2 * np.pi * np.e)) ** (dimensions / 2) / r_nm**dimensions
    return t_us, per_nm3 * MM_PER_NM3
