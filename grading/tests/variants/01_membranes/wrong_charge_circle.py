# Takes the area of a circle.
# fails: test_membrane_charge
# says: "area of a circle"

# %% answer="membrane_charge"
def membrane_charge_pC(radius_um, potential_mV, capacitance_uF_per_cm2):
    return 1e-5 * np.pi * radius_um**2 * capacitance_uF_per_cm2 * potential_mV
