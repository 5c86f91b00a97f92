# Everything in SI units first.
# passes: all

# %% answer="membrane_charge"
def membrane_charge_pC(radius_um, potential_mV, capacitance_uF_per_cm2):
    radius_m, potential_V, c_F_per_m2 = 1e-6 * radius_um, 1e-3 * potential_mV, 1e-2 * capacitance_uF_per_cm2
    return c_F_per_m2 * 4 * np.pi * radius_m**2 * potential_V / 1e-12


# %% answer="ion_number"
def ion_number(charge_pC, valence):
    charge_C = charge_pC * 1e-12
    return np.abs(charge_C / (valence * ELEMENTARY_CHARGE_C))


# %% answer="calcium_ions"
def calcium_ions(diameter_um, height_um, depolarisation_mV, capacitance_uF_per_cm2):
    d, h = 1e-6 * diameter_um, 1e-6 * height_um
    area = np.pi * d * h + 2 * np.pi * (d / 2) ** 2
    return 1e-2 * capacitance_uF_per_cm2 * area * 1e-3 * depolarisation_mV / (2 * ELEMENTARY_CHARGE_C)


# %% answer="concentration_change"
def concentration_change_uM(ions, diameter_um, height_um):
    volume_m3 = np.pi * (0.5e-6 * diameter_um) ** 2 * 1e-6 * height_um
    return ions / AVOGADRO_PER_MOL / volume_m3 * 1000


# %% answer="change_effect"
def change_effect(inside_mM, outside_mM, change_mM, valence, temperature_C):
    ratio = (inside_mM + change_mM) / inside_mM
    thermal_mV = 1000 * 8.314 * (temperature_C + 273.15) / 96485
    return [ratio - 1, -thermal_mV / valence * np.log(ratio)]
