# Never spikes.
# fails: test_simulate_noisy_no_noise, test_simulate_noisy_spikes
# says: "no spike was found"

# %% answer="simulate_noisy"
def simulate_noisy(I_pA, sigma_mV, dt_ms, cell, seed):
    rng = np.random.default_rng(seed)
    V = np.full(len(I_pA), cell["E_L_mV"])
    for k in range(len(V) - 1):
        drive = cell["E_L_mV"] + 1e-3 * cell["R_MOhm"] * I_pA[k]
        kick = sigma_mV * np.sqrt(dt_ms / cell["tau_ms"]) * rng.standard_normal()
        V[k + 1] = V[k] + dt_ms / cell["tau_ms"] * (drive - V[k]) + kick
    return V, np.array([])
