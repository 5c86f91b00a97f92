# Loses a factor 2 in the derivative.
# fails: test_peak
# says: "too small"

# %% answer="peak"
def peak(amount, r_nm, D, dimensions):
    t_us = r_nm**2 / (4 * dimensions * D)
    per_nm3 = amount * (dimensions / (2 * np.pi * np.e)) ** (dimensions / 2) / r_nm**dimensions
    return t_us, per_nm3 * MM_PER_NM3
