# NKCC1 closes when K⁺ outside rises.
# fails: test_cotransporter_fluxes
# says: "too"

# %% answer="cotransporter_fluxes"
def cotransporter_fluxes(inside_mM, outside_mM):
    Na, K, Cl, _ = np.log(np.asarray(inside_mM, dtype=float) / np.asarray(outside_mM, dtype=float))
    kcc2 = KCC2 * (K + Cl)
    nkcc1 = NKCC1 / (1 + np.exp(outside_mM[1] - 16)) * (K + Cl + Na + Cl)
    return nkcc1, kcc2 + nkcc1, kcc2 + 2 * nkcc1
