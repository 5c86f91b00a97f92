# Divides by the Faraday constant: moles.
# fails: test_ion_number
# says: "moles, not ions"

# %% answer="ion_number"
def ion_number(charge_pC, valence):
    return 1e-12 * abs(charge_pC / valence) / FARADAY_C_PER_MOL
