# Uses the parameters of the notebook instead of the argument.
# fails: test_simulate_below_threshold, test_simulate, test_simulate_any_current
# says: "uses CELL"

# %% answer="simulate"
def simulate(I_pA, dt_ms, cell):
    V = np.empty(len(I_pA))
    V[0] = CELL["E_L_mV"]
    n_ref = round(CELL["t_ref_ms"] / dt_ms)
    left = 0
    spikes = []
    for k in range(len(V) - 1):
        if left > 0:
            V[k + 1] = CELL["V_reset_mV"]
            left -= 1
            continue
        drive = CELL["E_L_mV"] + 1e-3 * CELL["R_MOhm"] * I_pA[k]
        V[k + 1] = V[k] + dt_ms / CELL["tau_ms"] * (drive - V[k])
        if V[k + 1] >= CELL["V_th_mV"]:
            V[k + 1] = CELL["V_reset_mV"]
            spikes.append((k + 1) * dt_ms)
            left = n_ref
    return V, np.array(spikes)
