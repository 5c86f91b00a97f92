# Sums by einsum, everything as arrays.
# passes: all

# %% answer="membrane_potential"
def membrane_potential(inside_mM, fixed_mM):
    excess_mM = np.einsum("i,i...->...", VALENCE, np.asarray(inside_mM, dtype=float)) + fixed_mM
    return np.array(1e-3 * FARADAY * VOLUME_INSIDE_UM3 / (CAPACITANCE_F_PER_M2 * AREA_UM2) * excess_mM)


# %% answer="ledger"
def ledger(inside_mM, outside_mM, fixed_inside_mM, fixed_outside_mM):
    volumes = 1e-3 * np.array([VOLUME_INSIDE_UM3, VOLUME_OUTSIDE_UM3])
    amounts = np.einsum("v,vijt->it", volumes, np.stack([inside_mM, outside_mM]))
    fixed = 2 * volumes @ np.array([fixed_inside_mM, fixed_outside_mM])
    return amounts, FARADAY * (np.einsum("i,it->t", VALENCE, amounts) + fixed)


# %% answer="outside_potential"
def outside_potential(V_soma_mV, V_dendrite_mV, G_inside_nS, G_outside_nS, I_diff_inside_pA, I_diff_outside_pA):
    matrix = [[G_inside_nS, G_outside_nS], [1.0, -1.0]]
    drive = [G_inside_nS * V_dendrite_mV - I_diff_inside_pA - I_diff_outside_pA, V_soma_mV]
    return np.linalg.solve(matrix, drive)[1]


# %% answer="pump_fluxes"
def pump_fluxes(Na_inside_mM, K_outside_mM, largest=PUMP):
    turns = np.array(largest / (1 + np.exp((25 - Na_inside_mM) / 3)) / (1 + np.exp(3.5 - K_outside_mM)))
    return np.array([3.0 * turns, -2.0 * turns, 1e-3 * FARADAY * turns])
