# Takes the diameter for the radius.
# fails: test_per_length
# says: "diameter, not the radius"

# %% answer="per_length"
def per_length(d_um, R_m, R_a, C_m):
    mantle, cross_section = 2 * np.pi * d_um, np.pi * d_um**2
    return 100 * R_m / mantle, 0.01 * R_a / cross_section, 1e-5 * C_m * mantle
