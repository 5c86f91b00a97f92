# Each number in an array of its own.
# passes: all

# %% answer="per_length"
def per_length(d_um, R_m, R_a, C_m):
    d_cm = np.array([1e-4 * d_um])
    return R_m / (np.pi * d_cm) * 1e-2, 4 * R_a / (np.pi * d_cm**2) * 1e-10, C_m * np.pi * d_cm * 1e-1


# %% answer="cable_constants"
def cable_constants(r_m, r_a, c_m):
    r_m, r_a, c_m = np.array([[r_m], [r_a], [c_m]])
    return np.sqrt(r_m / r_a), r_m * c_m, np.sqrt(r_m * r_a)
