# Moves the gates exactly where forward Euler is asked for.
# fails: test_euler_step, test_firing_threshold
# says: "this is the exact step"

# %% answer="euler_step"
def euler_step(state, current, dt_ms, axon):
    V, m, h, n = state
    alpha_m, beta_m, alpha_h, beta_h, alpha_n, beta_n = trusted_rates(V)
    sodium = axon["g_Na"] * m**3 * h * (V - axon["E_Na"])
    potassium = axon["g_K"] * n**4 * (V - axon["E_K"])
    leak = axon["g_L"] * (V - axon["E_L"])
    return np.array(
        [
            V + dt_ms / axon["C"] * (current - sodium - potassium - leak),
            alpha_m / (alpha_m + beta_m) + (m - alpha_m / (alpha_m + beta_m)) * np.exp(-dt_ms * (alpha_m + beta_m)),
            h + dt_ms * (alpha_h * (1 - h) - beta_h * h),
            n + dt_ms * (alpha_n * (1 - n) - beta_n * n),
        ]
    )
