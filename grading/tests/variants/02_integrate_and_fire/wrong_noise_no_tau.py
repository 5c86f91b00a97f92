# Scales with the root of the step, but forgets the time constant.
# fails: test_simulate_noisy, test_simulate_noisy_spikes
# says: "the time constant is missing"

# %% answer="simulate_noisy"
def simulate_noisy(I_pA, sigma_mV, dt_ms, cell, seed):
    rng = np.random.default_rng(seed)
    tau = cell["tau_ms"]
    n_ref = round(cell["t_ref_ms"] / dt_ms)
    V = np.empty(len(I_pA))
    V[0] = cell["E_L_mV"]
    left = 0
    spikes = []
    for k in range(len(V) - 1):
        if left > 0:
            V[k + 1] = cell["V_reset_mV"]
            left -= 1
            continue
        drive = cell["E_L_mV"] + 1e-3 * cell["R_MOhm"] * I_pA[k]
        V[k + 1] = V[k] + dt_ms / tau * (drive - V[k]) + sigma_mV * np.sqrt(dt_ms) * rng.standard_normal()
        if V[k + 1] >= cell["V_th_mV"]:
            V[k + 1] = cell["V_reset_mV"]
            spikes.append((k + 1) * dt_ms)
            left = n_ref
    return V, np.array(spikes)
