# Divides the capacitance by the circumference, as if it were a resistance.
# fails: test_per_length
# says: "multiply by the circumference"

# %% answer="per_length"
def per_length(d_um, R_m, R_a, C_m):
    return 100 * R_m / (np.pi * d_um), 0.04 * R_a / (np.pi * d_um**2), 1e-5 * C_m / (np.pi * d_um)
