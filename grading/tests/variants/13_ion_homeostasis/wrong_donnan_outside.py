# Returns the concentrations outside.
# fails: test_donnan
# says: "concentrations outside"

# %% answer="donnan"
def donnan(amounts_fmol, fixed_mM):
    valence = VALENCE[:3]

    def concentrations(V_mV):
        share = VOLUME_INSIDE_UM3 + VOLUME_OUTSIDE_UM3 * np.exp(valence * V_mV / PSI_MV)
        return 1e3 * np.asarray(amounts_fmol) / share

    V_mV = brentq(lambda V_mV: valence @ concentrations(V_mV) + fixed_mM, -300.0, 300.0)
    return V_mV, concentrations(V_mV) * np.exp(valence * V_mV / PSI_MV)
