# Forgets the square root of the length constant.
# fails: test_cable_constants
# says: "take the square root"

# %% answer="cable_constants"
def cable_constants(r_m, r_a, c_m):
    return r_m / r_a, r_m * c_m, np.sqrt(r_m * r_a)
