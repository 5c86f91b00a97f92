# Only the ions that move.
# fails: test_ledger
# says: "fixed charges are missing"

# %% answer="ledger"
def ledger(inside_mM, outside_mM, fixed_inside_mM, fixed_outside_mM):
    amounts_fmol = 1e-3 * (VOLUME_INSIDE_UM3 * inside_mM.sum(axis=1) + VOLUME_OUTSIDE_UM3 * outside_mM.sum(axis=1))
    return amounts_fmol, FARADAY * (VALENCE @ amounts_fmol)
