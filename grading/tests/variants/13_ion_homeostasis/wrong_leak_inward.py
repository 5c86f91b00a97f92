# Counts inward fluxes as positive.
# fails: test_leak_flux
# says: "positive is out of the cell"

# %% answer="leak_flux"
def leak_flux(g, V_mV, inside_mM, outside_mM, valence):
    nernst_mV = PSI_MV / valence * np.log(outside_mM / inside_mM)
    return 1e3 * g * (nernst_mV - V_mV) / (valence * FARADAY)
