# Rest by Newton, refractory period by bisection, one run at a time.
# passes: all

# %% answer="resting_state"
def resting_state(axon):
    def gates(V):
        r = trusted_rates(V)
        return r[0] / (r[0] + r[1]), r[2] / (r[2] + r[3]), r[4] / (r[4] + r[5])

    def f(V):
        m, h, n = gates(V)
        return (
            axon["g_Na"] * m**3 * h * (V - axon["E_Na"])
            + axon["g_K"] * n**4 * (V - axon["E_K"])
            + axon["g_L"] * (V - axon["E_L"])
        )

    V = -65.0
    for _ in range(50):
        V -= f(V) / ((f(V + 1e-4) - f(V - 1e-4)) / 2e-4)
    return (float(V),) + tuple(float(x) for x in gates(V))


# %% answer="refractory_period"
def refractory_period(current, duration_ms, dt_ms, axon):
    width = round(duration_ms / dt_ms)
    low, high = 5.0, 25.0
    while high - low > 0.1:
        middle = (low + high) / 2
        pulses = np.zeros(round((middle + 20) / dt_ms))
        pulses[:width] = current
        pulses[round(middle / dt_ms) :][:width] = current
        V = trusted_simulate(pulses, dt_ms, axon, REST)[0]
        low, high = (low, middle) if len(spike_times(V, dt_ms)) > 1 else (middle, high)
    return (low + high) / 2
