# Gives a negative number of ions for a negative charge.
# fails: test_ion_number
# says: "never negative"

# %% answer="ion_number"
def ion_number(charge_pC, valence):
    return 1e-12 * charge_pC / (abs(valence) * ELEMENTARY_CHARGE_C)
