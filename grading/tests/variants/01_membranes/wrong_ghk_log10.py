# Takes the decadic logarithm.
# fails: test_ghk
# says: "natural one"

# %% answer="ghk"
def ghk_mV(permeability, inside_mM, outside_mM, temperature_C):
    thermal_mV = 1e3 * GAS_CONSTANT_J_PER_K_MOL * (temperature_C + 273.15) / FARADAY_C_PER_MOL
    above = permeability["Cl"] * inside_mM["Cl"] + sum(permeability[i] * outside_mM[i] for i in ("K", "Na"))
    below = permeability["Cl"] * outside_mM["Cl"] + sum(permeability[i] * inside_mM[i] for i in ("K", "Na"))
    return thermal_mV * np.log10(above / below)
