# Forgets that a mole of Ca²⁺ carries twice the charge of a mole of Na⁺.
# fails: test_leak_flux
# says: "valence is missing"

# %% answer="leak_flux"
def leak_flux(g, V_mV, inside_mM, outside_mM, valence):
    nernst_mV = PSI_MV / valence * np.log(outside_mM / inside_mM)
    return 1e3 * g * (V_mV - nernst_mV) / FARADAY
