# In V.
# fails: test_membrane_potential
# says: "1000 times too small"

# %% answer="membrane_potential"
def membrane_potential(inside_mM, fixed_mM):
    Na, K, Cl, Ca = np.asarray(inside_mM, dtype=float)
    excess_mM = Na + K - Cl + 2 * Ca + fixed_mM
    return 1e-3 * FARADAY * VOLUME_INSIDE_UM3 * excess_mM / (CAPACITANCE_F_PER_M2 * AREA_UM2) / 1000
