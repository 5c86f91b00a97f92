# Leaves out the ends of the cylinder.
# fails: test_calcium_ions
# says: "two ends of the cylinder are missing"

# %% answer="calcium_ions"
def calcium_ions(diameter_um, height_um, depolarisation_mV, capacitance_uF_per_cm2):
    area_um2 = np.pi * diameter_um * height_um
    return ion_number(1e-5 * capacitance_uF_per_cm2 * area_um2 * depolarisation_mV, 2)
