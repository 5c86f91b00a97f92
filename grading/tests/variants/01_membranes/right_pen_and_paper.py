# Rounded constants, as on paper: e = 1.6e-19 C, 0 °C = 273 K, R = 8.31; whole numbers of ions; no NumPy.
# passes: all

# %% answer="membrane_charge"
def membrane_charge_pC(radius_um, potential_mV, capacitance_uF_per_cm2):
    return 4 * 3.1416 * radius_um * radius_um * capacitance_uF_per_cm2 * potential_mV / 100_000


# %% answer="ion_number"
def ion_number(charge_pC, valence):
    return round(abs(charge_pC) * 1e-12 / 1.6e-19 / abs(valence))


# %% answer="uncompensated_fraction"
def uncompensated_fraction(excess_ions, radius_um, concentration_mM):
    all_ions = 6.02e23 * concentration_mM * 4.18879e-18 * radius_um**3
    return excess_ions / all_ions


# %% answer="nernst"
def nernst_mV(inside_mM, outside_mM, valence, temperature_C):
    import math

    return 8.31 * (temperature_C + 273) / 96.5 / valence * math.log(outside_mM / inside_mM)


# %% answer="calcium_ions"
def calcium_ions(diameter_um, height_um, depolarisation_mV, capacitance_uF_per_cm2):
    area = 3.1416 * diameter_um * (height_um + diameter_um / 2)
    return round(area * capacitance_uF_per_cm2 * depolarisation_mV * 1e-17 / 3.2e-19)


# %% answer="concentration_change"
def concentration_change_uM(ions, diameter_um, height_um):
    return ions / (602 * 3.1416 / 4 * diameter_um**2 * height_um)
