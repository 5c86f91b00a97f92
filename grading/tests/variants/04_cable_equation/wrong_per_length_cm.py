# Forgets that the resistivity is in Ω cm and the diameter in µm.
# fails: test_per_length
# says: "10000 times too small"

# %% answer="per_length"
def per_length(d_um, R_m, R_a, C_m):
    return 100 * R_m / (np.pi * d_um), 4e-6 * R_a / (np.pi * d_um**2), 1e-5 * C_m * np.pi * d_um
