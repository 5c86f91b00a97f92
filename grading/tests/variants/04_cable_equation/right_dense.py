# Full matrices, the corners of the bands filled, backward Euler with the inverse; the series backwards with a thousand terms.
# passes: all

# %% answer="cable_bands"
def cable_bands(n, length_um, r_m, r_a, end):
    dx = length_um / n
    G = np.zeros((n, n))
    for j in range(n):
        G[j, j] += dx / r_m
        if j + 1 < n:
            for a, b in [(j, j + 1), (j + 1, j)]:
                G[a, a] += 1 / (r_a * dx)
                G[a, b] -= 1 / (r_a * dx)
    if end == "killed":
        G[n - 1, n - 1] += 1 / (r_a * dx / 2)
    above = [99.0] + [G[j - 1, j] for j in range(1, n)]
    below = [G[j + 1, j] for j in range(n - 1)] + [-99.0]
    return [above, list(np.diag(G)), below]


# %% answer="march"
def march(bands, c_nF, I_nA, dt_ms, n_steps):
    bands = np.asarray(bands)
    n = bands.shape[1]
    G = np.diag(bands[1]) + np.diag(bands[0, 1:], 1) + np.diag(bands[2, :-1], -1)
    step = np.linalg.inv(np.eye(n) + dt_ms / c_nF * G)
    current = np.zeros(n)
    current[0] = I_nA
    rows = [np.zeros(n)]
    for _ in range(n_steps):
        rows.append(step @ (rows[-1] + dt_ms / c_nF * current))
    return rows


# %% answer="sealed_step"
def sealed_step(t_ms, x_um, length_um, lambda_um, tau_ms, R_inf, I_nA, n_terms=1000):
    import math

    L = length_um / lambda_um
    answer = []
    for t in t_ms:
        total = 0.0
        for k in range(n_terms, 0, -1):
            rate = 1 + (k * math.pi / L) ** 2
            total += 2 * math.cos(k * math.pi * x_um / length_um) / rate * math.exp(-rate * t / tau_ms)
        total += math.exp(-t / tau_ms)
        answer.append(I_nA * R_inf * (math.cosh((length_um - x_um) / lambda_um) / math.sinh(L) - total / L))
    return answer
