# Rounded constants and rounded results, whole numbers for ions.
# passes: all

# %% answer="ion_number"
def ion_number(charge_pC, valence):
    return int(round(abs(charge_pC / valence) * 6.2415e6))


# %% answer="nernst"
def nernst_mV(inside_mM, outside_mM, valence, temperature_C):
    return round(8.314 * (273 + temperature_C) / (valence * 96.485) * np.log(outside_mM / inside_mM), 2)


# %% answer="ghk"
def ghk_mV(permeability, inside_mM, outside_mM, temperature_C):
    P, one, other = permeability, inside_mM, outside_mM
    ratio = (P["K"] * other["K"] + P["Na"] * other["Na"] + P["Cl"] * one["Cl"]) / (
        P["K"] * one["K"] + P["Na"] * one["Na"] + P["Cl"] * other["Cl"]
    )
    return round(8.314 * (273 + temperature_C) / 96.485 * np.log(ratio), 1)


# %% answer="calcium_ions"
def calcium_ions(diameter_um, height_um, depolarisation_mV, capacitance_uF_per_cm2):
    area_cm2 = 1e-8 * (np.pi * diameter_um * height_um + 2 * np.pi * (diameter_um / 2) ** 2)
    return round(area_cm2 * capacitance_uF_per_cm2 * depolarisation_mV * 1e3 / (2 * 1.6e-7))


# %% answer="change_effect"
def change_effect(inside_mM, outside_mM, change_mM, valence, temperature_C):
    thermal_mV = 8.314 * (273 + temperature_C) / (valence * 96.485)
    return [change_mM / inside_mM, -thermal_mV * np.log1p(change_mM / inside_mM)]
