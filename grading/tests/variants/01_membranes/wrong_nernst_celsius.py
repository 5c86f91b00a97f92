# Leaves the temperature in °C.
# fails: test_nernst
# says: "in kelvin"

# %% answer="nernst"
def nernst_mV(inside_mM, outside_mM, valence, temperature_C):
    thermal_mV = 1e3 * GAS_CONSTANT_J_PER_K_MOL * temperature_C / FARADAY_C_PER_MOL
    return thermal_mV / valence * np.log(outside_mM / inside_mM)
