# Inside over outside in the Nernst potential.
# fails: test_leak_flux
# says: "upside down"

# %% answer="leak_flux"
def leak_flux(g, V_mV, inside_mM, outside_mM, valence):
    nernst_mV = PSI_MV / valence * np.log(inside_mM / outside_mM)
    return 1e3 * g * (V_mV - nernst_mV) / (valence * FARADAY)
