# Exchanges inside and outside.
# fails: test_nernst
# says: "the outside concentration goes on top"

# %% answer="nernst"
def nernst_mV(inside_mM, outside_mM, valence, temperature_C):
    thermal_mV = 1e3 * GAS_CONSTANT_J_PER_K_MOL * (temperature_C + 273.15) / FARADAY_C_PER_MOL
    return thermal_mV / valence * np.log(inside_mM / outside_mM)
