# Loses the sign of the potential.
# fails: test_membrane_charge
# says: "the sign of the potential"

# %% answer="membrane_charge"
def membrane_charge_pC(radius_um, potential_mV, capacitance_uF_per_cm2):
    area_um2 = 4 * np.pi * radius_um**2
    return 1e-5 * area_um2 * capacitance_uF_per_cm2 * abs(potential_mV)
