# Leaves the leak out.
# fails: test_resting_state
# says: "resting potential of AXON"

# %% answer="resting_state"
def resting_state(axon):
    def open_gates(V):
        a, b, c, d, e, f = trusted_rates(V)
        return a / (a + b), c / (c + d), e / (e + f)

    def total_current(V):
        m, h, n = open_gates(V)
        return axon["g_Na"] * m**3 * h * (V - axon["E_Na"]) + axon["g_K"] * n**4 * (V - axon["E_K"])

    V = brentq(total_current, -100.0, 0.0)
    return np.array([V, *open_gates(V)])
