# Charges the capacitance through the axial resistance.
# fails: test_cable_constants
# says: "not axial resistance"

# %% answer="cable_constants"
def cable_constants(r_m, r_a, c_m):
    return np.sqrt(r_m / r_a), r_a * c_m, np.sqrt(r_m * r_a)
