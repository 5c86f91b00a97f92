# Zero-dimensional and one-element arrays, a result that is an array of two.
# passes: all

# %% answer="membrane_charge"
def membrane_charge_pC(radius_um, potential_mV, capacitance_uF_per_cm2):
    area = 4 * np.pi * np.square(np.array([radius_um]))
    return area * 1e-5 * capacitance_uF_per_cm2 * potential_mV


# %% answer="ion_number"
def ion_number(charge_pC, valence):
    return np.array(np.abs(charge_pC) * 1e-12 / (np.abs(valence) * ELEMENTARY_CHARGE_C))


# %% answer="uncompensated_fraction"
def uncompensated_fraction(excess_ions, radius_um, concentration_mM):
    volume = np.array(4 / 3 * np.pi * radius_um**3)
    return np.divide(excess_ions, volume * concentration_mM * 1e-18 * AVOGADRO_PER_MOL)


# %% answer="flow_direction"
def flow_direction(potential_mV, nernst_potential_mV, valence):
    return ["in", "out"][int(np.sign(valence) * (potential_mV - nernst_potential_mV) > 0)]


# %% answer="change_effect"
def change_effect(inside_mM, outside_mM, change_mM, valence, temperature_C):
    inside = np.array([inside_mM, inside_mM + change_mM])
    potentials = [nernst_mV(c, outside_mM, valence, temperature_C) for c in inside]
    return np.array([np.diff(inside)[0] / inside_mM, np.diff(potentials)[0]])
