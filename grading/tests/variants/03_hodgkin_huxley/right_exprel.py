# SciPy for the rates, a long simulation checked by fsolve for rest, plain bisection.
# passes: all

# %% answer="rates"
from scipy.special import expit, exprel


def rates(V_mV):
    V = np.asarray(V_mV, dtype=float)
    alpha_m, alpha_n = 1 / exprel(-(V + 40) / 10), 0.1 / exprel(-(V + 55) / 10)
    return [
        alpha_m,
        4 * np.exp((-65 - V) / 18),
        0.07 * np.exp((-65 - V) / 20),
        expit((V + 35) / 10),
        alpha_n,
        np.exp((-65 - V) / 80) / 8,
    ]


# %% answer="resting_state"
def resting_state(axon):
    from scipy.optimize import fsolve

    def motion(state):
        V, m, h, n = state
        r = rates(V)
        sodium, potassium = axon["g_Na"] * m**3 * h * (V - axon["E_Na"]), axon["g_K"] * n**4 * (V - axon["E_K"])
        total = sodium + potassium + axon["g_L"] * (V - axon["E_L"])
        return [total] + [float(r[k]) * (1 - x) - float(r[k + 1]) * x for k, x in ((0, m), (2, h), (4, n))]

    return fsolve(motion, [-65.0, 0.05, 0.6, 0.3], xtol=1e-12)


# %% answer="firing_threshold"
def firing_threshold(low, high, dt_ms, axon):
    while high - low > 0.01:
        middle = 0.5 * (low + high)
        if keeps_firing([middle], dt_ms, axon)[0]:
            high = middle
        else:
            low = middle
    return (low + high) / 2
