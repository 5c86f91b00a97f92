# Lets the membrane current leave through the cross-section.
# fails: test_per_length
# says: "not its cross-section"

# %% answer="per_length"
def per_length(d_um, R_m, R_a, C_m):
    cross_section = np.pi * d_um**2 / 4
    return 100 * R_m / cross_section, 0.01 * R_a / cross_section, 1e-5 * C_m * np.pi * d_um
