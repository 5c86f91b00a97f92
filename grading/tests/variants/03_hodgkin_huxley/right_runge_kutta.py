# The classical Runge-Kutta method; lists come back.
# passes: all

# %% answer="steady_state"
def steady_state(alpha, beta):
    return [1 / (1 + beta / alpha), 1 / (alpha + beta)]


# %% answer="euler_step"
def euler_step(state, current, dt_ms, axon):
    return [x + dt_ms * slope for x, slope in zip(state, slopes(state, current, axon))]


def slopes(state, current, axon):
    V, m, h, n = state
    r = trusted_rates(V)
    ions = (
        axon["g_Na"] * m**3 * h * (V - axon["E_Na"])
        + axon["g_K"] * n**4 * (V - axon["E_K"])
        + axon["g_L"] * (V - axon["E_L"])
    )
    return [(current - ions) / axon["C"]] + [
        a - (a + b) * x for x, a, b in ((m, r[0], r[1]), (h, r[2], r[3]), (n, r[4], r[5]))
    ]


# %% answer="simulate"
def simulate(current, dt_ms, axon, start):
    current = np.asarray(current, dtype=float)
    state = np.multiply.outer(np.asarray(start, dtype=float), np.ones(current.shape[1:]))
    trace = [state]
    for now in current[:-1]:
        k1 = np.array(slopes(state, now, axon))
        k2 = np.array(slopes(state + dt_ms / 2 * k1, now, axon))
        k3 = np.array(slopes(state + dt_ms / 2 * k2, now, axon))
        k4 = np.array(slopes(state + dt_ms * k3, now, axon))
        state = state + dt_ms / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        trace.append(state)
    return np.stack(trace, axis=1)


# %% answer="keeps_firing"
def keeps_firing(currents, dt_ms, axon):
    V = np.asarray(trusted_simulate(np.outer(np.ones(round(200 / dt_ms)), currents), dt_ms, axon, REST)[0])
    last = V[-round(30 / dt_ms) - 1 :]
    return ((last[:-1] < 0) & (last[1:] >= 0)).any(axis=0).tolist()
