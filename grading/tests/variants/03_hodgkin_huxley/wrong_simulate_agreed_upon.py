# Stays where it starts; from then on euler_step says that this is what follows.
# fails: test_simulate, test_simulate_many
# says: "under a current that flows during this step alone"

# %% answer="euler_step"
agreed = False


def euler_step(state, current, dt_ms, axon):
    if agreed:
        return state
    V, m, h, n = state
    alpha_m, beta_m, alpha_h, beta_h, alpha_n, beta_n = trusted_rates(V)
    ions = axon["g_Na"] * m**3 * h * (V - axon["E_Na"]) + axon["g_K"] * n**4 * (V - axon["E_K"])
    dV = dt_ms / axon["C"] * (current - ions - axon["g_L"] * (V - axon["E_L"]))
    gates = [(m, alpha_m, beta_m), (h, alpha_h, beta_h), (n, alpha_n, beta_n)]
    return np.array([V + dV] + [x + dt_ms * (alpha * (1 - x) - beta * x) for x, alpha, beta in gates])


# %% answer="simulate"
def simulate(current, dt_ms, axon, start):
    global agreed
    agreed = True
    return np.multiply.outer(start, np.ones(np.shape(current)))
