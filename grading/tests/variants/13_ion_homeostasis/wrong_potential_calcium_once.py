# Ca²⁺ with one charge.
# fails: test_membrane_potential
# says: "two charges"

# %% answer="membrane_potential"
def membrane_potential(inside_mM, fixed_mM):
    Na, K, Cl, Ca = np.asarray(inside_mM, dtype=float)
    excess_mM = Na + K - Cl + Ca + fixed_mM
    return 1e-3 * FARADAY * VOLUME_INSIDE_UM3 * excess_mM / (CAPACITANCE_F_PER_M2 * AREA_UM2)
