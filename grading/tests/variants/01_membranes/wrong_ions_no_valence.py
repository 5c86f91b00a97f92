# Counts elementary charges, whatever the valence.
# fails: test_ion_number
# says: "the valence is left out"

# %% answer="ion_number"
def ion_number(charge_pC, valence):
    return 1e-12 * abs(charge_pC) / ELEMENTARY_CHARGE_C
