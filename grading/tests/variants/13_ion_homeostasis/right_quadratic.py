# The Donnan potential by the quadratic equation, logarithms split into sums.
# passes: all

# %% answer="donnan"
def donnan(amounts_fmol, fixed_mM):
    Na, K, Cl = [1e3 * amount for amount in amounts_fmol]
    inside, outside = VOLUME_INSIDE_UM3, VOLUME_OUTSIDE_UM3
    a = (Na + K) * outside + fixed_mM * inside * outside
    b = (Na + K - Cl) * inside + fixed_mM * (inside**2 + outside**2)
    c = -Cl * outside + fixed_mM * inside * outside
    w = (-b + np.sqrt(b**2 - 4 * a * c)) / (2 * a)
    return -PSI_MV * np.log(w), [Na / (inside + outside / w), K / (inside + outside / w), Cl / (inside + outside * w)]


# %% answer="cotransporter_fluxes"
def cotransporter_fluxes(inside_mM, outside_mM):
    Na, K, Cl, _ = np.log(inside_mM) - np.log(outside_mM)
    K_outside = outside_mM[1]
    turns_kcc2 = KCC2 * (K + Cl)
    turns_nkcc1 = NKCC1 * np.exp(K_outside - 16) / (1 + np.exp(K_outside - 16)) * (Na + K + 2 * Cl)
    return [turns_nkcc1, turns_kcc2 + turns_nkcc1, turns_kcc2 + turns_nkcc1 + turns_nkcc1]


# %% answer="leak_flux"
def leak_flux(g, V_mV, inside_mM, outside_mM, valence):
    drive = V_mV / valence - PSI_MV / valence**2 * (np.log(outside_mM) - np.log(inside_mM))
    return g * drive / (FARADAY / 1000)
