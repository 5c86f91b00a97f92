# The textbooks' way: millivolts a decade, decadic logarithms, differences of logarithms.
# passes: all

# %% answer="nernst"
def nernst_mV(inside_mM, outside_mM, valence, temperature_C):
    mV_per_decade = 58.17 * (temperature_C + 273.15) / 293.15
    return mV_per_decade / valence * (np.log10(outside_mM) - np.log10(inside_mM))


# %% answer="flow_direction"
def flow_direction(potential_mV, nernst_potential_mV, valence):
    driving_mV = potential_mV - nernst_potential_mV
    if valence > 0:
        return "Out" if driving_mV > 0 else "In"
    return "in" if driving_mV > 0 else "out"


# %% answer="ghk"
def ghk_mV(permeability, inside_mM, outside_mM, temperature_C):
    ions = ["K", "Na"]
    above = np.sum([permeability[i] * outside_mM[i] for i in ions]) + permeability["Cl"] * inside_mM["Cl"]
    below = np.sum([permeability[i] * inside_mM[i] for i in ions]) + permeability["Cl"] * outside_mM["Cl"]
    return 58.17 * (temperature_C + 273.15) / 293.15 * np.log10(above / below)
