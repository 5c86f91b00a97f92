# Hands in the current density.
# fails: test_leak_flux
# says: "current in mA/m²"

# %% answer="leak_flux"
def leak_flux(g, V_mV, inside_mM, outside_mM, valence):
    nernst_mV = PSI_MV / valence * np.log(outside_mM / inside_mM)
    return g * (V_mV - nernst_mV)
