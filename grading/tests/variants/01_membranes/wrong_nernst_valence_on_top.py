# Multiplies by the valence.
# fails: test_nernst_any_ion
# says: "below the fraction line"

# %% answer="nernst"
def nernst_mV(inside_mM, outside_mM, valence, temperature_C):
    thermal_mV = 1e3 * GAS_CONSTANT_J_PER_K_MOL * (temperature_C + 273.15) / FARADAY_C_PER_MOL
    return thermal_mV * valence * np.log(outside_mM / inside_mM)
