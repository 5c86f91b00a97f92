# The noisy neuron by the exact update of the Ornstein-Uhlenbeck process between grid points; kicks drawn one by one.
# passes: all

# %% answer="simulate_noisy"
def simulate_noisy(I_pA, sigma_mV, dt_ms, cell, seed):
    rng = np.random.default_rng(seed)
    decay = np.exp(-dt_ms / cell["tau_ms"])
    kick_sd = sigma_mV * np.sqrt((1 - decay**2) / 2)
    V = [cell["E_L_mV"]]
    spikes = []
    free_at = 0
    for k in range(len(I_pA) - 1):
        if k < free_at:
            V.append(cell["V_reset_mV"])
            continue
        target = cell["E_L_mV"] + cell["R_MOhm"] * I_pA[k] / 1e3
        new = target + (V[k] - target) * decay + rng.normal(0.0, kick_sd)
        if new >= cell["V_th_mV"]:
            spikes.append(dt_ms * (k + 1))
            free_at = k + 1 + round(cell["t_ref_ms"] / dt_ms)
            new = cell["V_reset_mV"]
        V.append(new)
    return V, spikes


# %% answer="noisy_rate"
def noisy_rate(I_pA, sigma_mV, dt_ms, duration_ms, cell, seeds):
    total = squares = 0.0
    for seed in seeds:
        n_steps = int(round(duration_ms / dt_ms))
        rate = len(simulate_noisy([I_pA] * n_steps, sigma_mV, dt_ms, cell, seed)[1]) / (duration_ms / 1000)
        total += rate
        squares += rate**2
    n = len(seeds)
    mean = total / n
    return [mean, ((squares / n - mean**2) / (n - 1)) ** 0.5]
