# Uses AXON where it should use its argument.
# fails: test_resting_state
# says: "uses AXON"

# %% answer="resting_state"
def resting_state(axon):
    def open_gates(V):
        a, b, c, d, e, f = trusted_rates(V)
        return a / (a + b), c / (c + d), e / (e + f)

    def total_current(V):
        m, h, n = open_gates(V)
        return (
            AXON["g_Na"] * m**3 * h * (V - AXON["E_Na"])
            + AXON["g_K"] * n**4 * (V - AXON["E_K"])
            + AXON["g_L"] * (V - AXON["E_L"])
        )

    V = brentq(total_current, -100.0, 0.0)
    return np.array([V, *open_gates(V)])
