# Leaves chloride out wherever there are cations.
# fails: test_ghk_chloride
# says: "chloride has no effect"

# %% answer="ghk"
def ghk_mV(permeability, inside_mM, outside_mM, temperature_C):
    thermal_mV = 1e3 * GAS_CONSTANT_J_PER_K_MOL * (temperature_C + 273.15) / FARADAY_C_PER_MOL
    above = permeability["K"] * outside_mM["K"] + permeability["Na"] * outside_mM["Na"]
    below = permeability["K"] * inside_mM["K"] + permeability["Na"] * inside_mM["Na"]
    if above == 0:
        above, below = inside_mM["Cl"], outside_mM["Cl"]
    return thermal_mV * np.log(above / below)
