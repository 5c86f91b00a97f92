# Helpers of the student's own, results built on the earlier tasks.
# passes: all

# %% answer="membrane_charge"
def membrane_charge_pC(radius_um, potential_mV, capacitance_uF_per_cm2):
    def area(radius):
        return 4 * np.pi * radius**2

    capacitance_pF = area(radius_um) * capacitance_uF_per_cm2 / 100
    return capacitance_pF * potential_mV / 1000


# %% answer="uncompensated_fraction"
def uncompensated_fraction(excess_ions, radius_um, concentration_mM):
    radius_dm = radius_um * 1e-5
    moles = concentration_mM / 1000 * (4 / 3) * np.pi * radius_dm**3
    return excess_ions / (moles * AVOGADRO_PER_MOL)


# %% answer="ghk"
def ghk_mV(permeability, inside_mM, outside_mM, temperature_C):
    reversed_mM = {"Cl": outside_mM["Cl"], "K": inside_mM["K"], "Na": inside_mM["Na"]}
    other_mM = {"Cl": inside_mM["Cl"], "K": outside_mM["K"], "Na": outside_mM["Na"]}
    below = sum(permeability[ion] * reversed_mM[ion] for ion in permeability)
    above = sum(permeability[ion] * other_mM[ion] for ion in permeability)
    return nernst_mV(below, above, 1, temperature_C)


# %% answer="calcium_ions"
def calcium_ions(diameter_um, height_um, depolarisation_mV, capacitance_uF_per_cm2):
    def end(d):
        return np.pi * d**2 / 4

    sphere_radius = np.sqrt((np.pi * diameter_um * height_um + 2 * end(diameter_um)) / (4 * np.pi))
    return ion_number(membrane_charge_pC(sphere_radius, depolarisation_mV, capacitance_uF_per_cm2), 2)


# %% answer="concentration_change"
def concentration_change_uM(ions, diameter_um, height_um):
    sphere_um = (3 * diameter_um**2 * height_um / 16) ** (1 / 3)
    return 1e3 * uncompensated_fraction(ions, sphere_um, 1.0)
