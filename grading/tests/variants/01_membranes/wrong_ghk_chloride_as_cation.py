# Treats chloride as a cation.
# fails: test_ghk_chloride
# says: "treated as a cation"

# %% answer="ghk"
def ghk_mV(permeability, inside_mM, outside_mM, temperature_C):
    thermal_mV = 1e3 * GAS_CONSTANT_J_PER_K_MOL * (temperature_C + 273.15) / FARADAY_C_PER_MOL
    above = sum(permeability[ion] * outside_mM[ion] for ion in ("K", "Na", "Cl"))
    below = sum(permeability[ion] * inside_mM[ion] for ion in ("K", "Na", "Cl"))
    return thermal_mV * np.log(above / below)
