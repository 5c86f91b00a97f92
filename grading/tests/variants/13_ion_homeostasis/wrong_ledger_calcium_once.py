# Ca²⁺ with one charge.
# fails: test_ledger
# says: "two charges"

# %% answer="ledger"
def ledger(inside_mM, outside_mM, fixed_inside_mM, fixed_outside_mM):
    amounts_fmol = 1e-3 * (VOLUME_INSIDE_UM3 * inside_mM.sum(axis=1) + VOLUME_OUTSIDE_UM3 * outside_mM.sum(axis=1))
    fixed_fmol = 2e-3 * (VOLUME_INSIDE_UM3 * fixed_inside_mM + VOLUME_OUTSIDE_UM3 * fixed_outside_mM)
    return amounts_fmol, FARADAY * (np.array([1, 1, -1, 1]) @ amounts_fmol + fixed_fmol)
