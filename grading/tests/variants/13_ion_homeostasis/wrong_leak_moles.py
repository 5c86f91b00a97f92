# Returns mol/(m² s).
# fails: test_leak_flux
# says: "1000000 times too small"

# %% answer="leak_flux"
def leak_flux(g, V_mV, inside_mM, outside_mM, valence):
    nernst_mV = PSI_MV / valence * np.log(outside_mM / inside_mM)
    return 1e-3 * g * (V_mV - nernst_mV) / (valence * FARADAY)
