# Length constant upside down.
# fails: test_cable_constants
# says: "upside down"

# %% answer="cable_constants"
def cable_constants(r_m, r_a, c_m):
    return np.sqrt(r_a / r_m), r_m * c_m, np.sqrt(r_m * r_a)
