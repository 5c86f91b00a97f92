# Drops the exponential at the peak.
# fails: test_peak
# says: "exponential is missing"

# %% answer="peak"
def peak(amount, r_nm, D, dimensions):
    t_us = r_nm**2 / (2 * dimensions * D)
    per_nm3 = amount * (dimensions / (2 * np.pi)) ** (dimensions / 2) / r_nm**dimensions
    return t_us, per_nm3 * MM_PER_NM3
