# Exponential Euler for V, too, with the conductances of the new gates.
# passes: all

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
        g_Na, g_K, g_L = axon["g_Na"] * m**3 * h, axon["g_K"] * n**4, axon["g_L"]
        total = g_Na + g_K + g_L
        target = (g_Na * axon["E_Na"] + g_K * axon["E_K"] + g_L * axon["E_L"] + injected) / total
        V = target + (V - target) * np.exp(-dt_ms * total / axon["C"])
        rows.append((V, m, h, n))
    return np.moveaxis(np.array(rows), 0, 1)


# %% answer="fi_curve"
def fi_curve(currents, dt_ms, axon):
    found = []
    for current, fires in zip(currents, keeps_firing(currents, dt_ms, axon)):
        V = trusted_simulate(np.full(round(200 / dt_ms), current), dt_ms, axon, REST)[0]
        found.append(1e3 / np.diff(spike_times(V, dt_ms))[-1] if fires else 0)
    return found
