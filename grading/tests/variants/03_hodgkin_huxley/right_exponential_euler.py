# Exponential Euler for the gates, forward Euler for V; np.isclose at the singularities.
# passes: all

# %% answer="rates"
def rates(V_mV):
    V = np.asarray(V_mV, dtype=float)
    x, y = V + 40, V + 55
    at_x, at_y = np.abs(x) < 1e-4, np.abs(y) < 1e-4
    x, y = np.where(at_x, 1e-4, x), np.where(at_y, 1e-4, y)
    return (
        np.where(at_x, 1.0, 0.1 * x / (1 - np.exp(-x / 10))),
        4 * np.exp(-(V + 65) / 18),
        0.07 * np.exp(-(V + 65) / 20),
        1 / (1 + np.exp(-(V + 35) / 10)),
        np.where(at_y, 0.1, 0.01 * y / (1 - np.exp(-y / 10))),
        0.125 * np.exp(-(V + 65) / 80),
    )


# %% answer="simulate"
def simulate(current, dt_ms, axon, start):
    current = np.asarray(current, dtype=float)
    V, m, h, n = [np.full(current.shape[1:], float(value)) for value in start]
    rows = [(V, m, h, n)]
    for injected in current[:-1]:
        am, bm, ah, bh, an, bn = trusted_rates(V)
        m, h, n = [
            a / (a + b) + (x - a / (a + b)) * np.exp(-dt_ms * (a + b))
            for x, a, b in ((m, am, bm), (h, ah, bh), (n, an, bn))
        ]
        total = axon["g_Na"] * m**3 * h * (V - axon["E_Na"]) + axon["g_K"] * n**4 * (V - axon["E_K"])
        V = V + dt_ms / axon["C"] * (injected - total - axon["g_L"] * (V - axon["E_L"]))
        rows.append((V, m, h, n))
    return np.moveaxis(np.array(rows), 0, 1)


# %% answer="needed_gates"
needed_gates = "n" + "h"


# %% answer="refractory_period"
def refractory_period(current, duration_ms, dt_ms, axon):
    def two(interval):
        t = (np.arange(round((interval + 25) / dt_ms)) + 0.5) * dt_ms
        pulses = current * ((t < duration_ms) | ((t > interval) & (t < interval + duration_ms)))
        return len(spike_times(trusted_simulate(pulses, dt_ms, axon, REST)[0], dt_ms)) == 2

    low, high = 5.0, 25.0
    while high - low > 0.1:
        middle = (low + high) / 2
        low, high = (low, middle) if two(middle) else (middle, high)
    return high
