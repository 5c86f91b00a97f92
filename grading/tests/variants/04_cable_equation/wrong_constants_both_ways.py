# Input resistance of the cable that is infinite both ways.
# fails: test_cable_constants
# says: "infinite in both directions"

# %% answer="cable_constants"
def cable_constants(r_m, r_a, c_m):
    lambda_um = (r_m / r_a) ** 0.5
    return lambda_um, r_m * c_m, r_a * lambda_um / 2
