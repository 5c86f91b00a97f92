# Sums over the last axis: right for one compartment only.
# fails: test_membrane_potential
# says: ""

# %% answer="membrane_potential"
def membrane_potential(inside_mM, fixed_mM):
    excess_mM = np.sum(VALENCE * np.asarray(inside_mM, dtype=float).T, axis=-1) + fixed_mM
    return 1e-3 * FARADAY * VOLUME_INSIDE_UM3 * excess_mM / (CAPACITANCE_F_PER_M2 * AREA_UM2)
