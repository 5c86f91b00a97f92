# Forgets that 1 pF · 1 mV is 1 fC.
# fails: test_membrane_charge
# says: "1000 times too large: is this in fC rather than pC?"

# %% answer="membrane_charge"
def membrane_charge_pC(radius_um, potential_mV, capacitance_uF_per_cm2):
    return 0.01 * 4 * np.pi * radius_um**2 * capacitance_uF_per_cm2 * potential_mV
