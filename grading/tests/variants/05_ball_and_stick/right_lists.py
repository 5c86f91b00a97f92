# Lists and loops in place of arrays, logarithms written out, a hand-made search for zeros.
# passes: all

# %% answer="cell_constants"
def cell_constants(cell):
    import math

    D, ell, d = cell["soma_um"] / 1e4, cell["length_um"] / 1e4, cell["d_um"] / 1e4
    lam = math.sqrt(d / 4 * cell["R_m"] / cell["R_a"])
    G_soma = 4 * math.pi * (D / 2) ** 2 / cell["R_m"]
    R_inf = 4 * cell["R_a"] * lam / (math.pi * d**2)
    G_dend = math.tanh(ell / lam) / R_inf
    return [cell["R_m"] * cell["C_m"] / 1000, ell / lam, G_dend / G_soma, 1 / (G_soma + G_dend) / 1e6]


# %% answer="residual_statistics"
def residual_statistics(residuals_mV, n_parameters):
    r = list(residuals_mV)
    squares = sum(x * x for x in r)
    neighbours = sum(r[i] * r[i + 1] for i in range(len(r) - 1))
    return [(squares / (len(r) - n_parameters)) ** 0.5, neighbours / squares]


# %% answer="equalising_time_constants"
def equalising_time_constants(tau_ms, L, rho, n):
    import math

    k = rho * L / math.tanh(L)
    taus = []
    for m in range(1, n + 1):
        low, high = (m - 0.5) * math.pi, m * math.pi
        for _ in range(60):
            y = (low + high) / 2
            # k tan(y) = -y; tan rises from minus infinity to zero in this interval
            low, high = (y, high) if k * math.tan(y) + y < 0 else (low, y)
        taus.append(tau_ms / (1 + (y / L) ** 2))
    return taus


# %% answer="epsp_features"
def epsp_features(t_ms, V_mV):
    t, V = list(t_ms), list(V_mV)
    half = max(V) / 2

    def crossing(i):
        return t[i] + (half - V[i]) / (V[i + 1] - V[i]) * (t[i + 1] - t[i])

    up = next(i for i in range(len(V) - 1) if V[i] < half <= V[i + 1])
    down = next(i for i in range(V.index(max(V)), len(V) - 1) if V[i] >= half > V[i + 1])
    return [max(V), crossing(down) - crossing(up), crossing(up)]


# %% answer="peel"
def peel(t_ms, V_mV, V_final_mV, slow_ms, fast_ms):
    def line(points):
        n = len(points)
        mx, my = sum(x for x, _ in points) / n, sum(y for _, y in points) / n
        slope = sum((x - mx) * (y - my) for x, y in points) / sum((x - mx) ** 2 for x, _ in points)
        return -1 / slope, float(np.exp(my - slope * mx))

    rest = [(t, V_final_mV - V) for t, V in zip(t_ms, V_mV)]
    tau_0, C_0 = line([(t, np.log(W)) for t, W in rest if slow_ms[0] <= t <= slow_ms[1]])
    rest = [(t, W - C_0 * np.exp(-t / tau_0)) for t, W in rest]
    tau_1, C_1 = line([(t, np.log(W)) for t, W in rest if fast_ms[0] <= t <= fast_ms[1]])
    return np.array([tau_0, C_0, tau_1, C_1])
