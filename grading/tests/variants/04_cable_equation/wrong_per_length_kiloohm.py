# Membrane resistance in kΩ µm, the rest right.
# fails: test_per_length
# says: "1000 times too large"

# %% answer="per_length"
def per_length(d_um, R_m, R_a, C_m):
    return 1e5 * R_m / (np.pi * d_um), 0.04 * R_a / (np.pi * d_um**2), 1e-5 * C_m * np.pi * d_um
