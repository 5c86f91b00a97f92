# Forgets that calcium carries two charges.
# fails: test_calcium_ions
# says: "carries two charges"

# %% answer="calcium_ions"
def calcium_ions(diameter_um, height_um, depolarisation_mV, capacitance_uF_per_cm2):
    area_um2 = np.pi * diameter_um * height_um + np.pi / 2 * diameter_um**2
    return ion_number(1e-5 * capacitance_uF_per_cm2 * area_um2 * depolarisation_mV, 1)
