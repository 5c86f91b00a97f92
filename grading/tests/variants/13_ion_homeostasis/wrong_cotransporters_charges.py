# Charges in place of ions: Cl⁻ with a minus.
# fails: test_cotransporter_fluxes
# says: "count ions, not charges"

# %% answer="cotransporter_fluxes"
def cotransporter_fluxes(inside_mM, outside_mM):
    Na, K, Cl, _ = np.log(np.asarray(inside_mM, dtype=float) / np.asarray(outside_mM, dtype=float))
    kcc2 = KCC2 * (K + Cl)
    nkcc1 = NKCC1 / (1 + np.exp(16 - outside_mM[1])) * (K + Cl + Na + Cl)
    return nkcc1, kcc2 + nkcc1, -kcc2 - 2 * nkcc1
