# Leaves the refractory period out.
# fails: test_simulate, test_simulate_any_current
# says: "the refractory period is missing"

# %% answer="simulate"
def simulate(I_pA, dt_ms, cell):
    V = np.empty(len(I_pA))
    V[0] = cell["E_L_mV"]
    n_ref = 0
    left = 0
    spikes = []
    for k in range(len(V) - 1):
        if left > 0:
            V[k + 1] = cell["V_reset_mV"]
            left -= 1
            continue
        drive = cell["E_L_mV"] + 1e-3 * cell["R_MOhm"] * I_pA[k]
        V[k + 1] = V[k] + dt_ms / cell["tau_ms"] * (drive - V[k])
        if V[k + 1] >= cell["V_th_mV"]:
            V[k + 1] = cell["V_reset_mV"]
            spikes.append((k + 1) * dt_ms)
            left = n_ref
    return V, np.array(spikes)
