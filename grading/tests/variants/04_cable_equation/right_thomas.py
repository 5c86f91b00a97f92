# Backward Euler by elimination written out, the same that NEURON does; the current step as a change per step.
# passes: all

# %% answer="march"
def march(bands, c_nF, I_nA, dt_ms, n_steps):
    above, main, below = [list(map(float, row)) for row in bands]
    n = len(main)
    V = np.zeros((n_steps + 1, n))
    for k in range(n_steps):
        d = [m + c_nF / dt_ms for m in main]
        b = list(c_nF / dt_ms * V[k])
        b[0] += I_nA
        for j in range(1, n):
            factor = below[j - 1] / d[j - 1]
            d[j] -= factor * above[j]
            b[j] -= factor * b[j - 1]
        V[k + 1, -1] = b[-1] / d[-1]
        for j in range(n - 2, -1, -1):
            V[k + 1, j] = (b[j] - above[j + 1] * V[k + 1, j + 1]) / d[j]
    return V


# %% answer="cable_bands"
def cable_bands(n, length_um, r_m, r_a, end):
    dx = length_um / n
    neighbours = np.full(n, 2.0)
    neighbours[0] = 1
    neighbours[-1] = 3 if end == "killed" else 1
    beside = np.full(n, -1 / (r_a * dx))
    return np.vstack([beside, dx / r_m + neighbours / (r_a * dx), beside])
