# No search: currents by root finding, weights by the times of the peaks, the integral of Siegert by Gauss.
# passes: all

# %% answer="one_spike_currents"
from scipy.optimize import brentq


def one_spike_currents(window_ms, cell):
    per_mV = cell["C_m"] / cell["tau_m"]

    def climb_ms(I_pA, start_mV):
        target_mV = cell["E_L"] + I_pA / per_mV
        return cell["tau_m"] * np.log((target_mV - start_mV) / (target_mV - cell["V_th"]))

    def second_ms(I_pA):
        return climb_ms(I_pA, cell["E_L"]) + cell["t_ref"] + climb_ms(I_pA, cell["V_reset"])

    rheobase_pA = (cell["V_th"] - cell["E_L"]) * per_mV
    smallest_pA = brentq(lambda I_pA: climb_ms(I_pA, cell["E_L"]) - window_ms, rheobase_pA * (1 + 1e-12), 1e5)
    largest_pA = brentq(lambda I_pA: second_ms(I_pA) - window_ms, rheobase_pA * (1 + 1e-12), 1e5)
    return np.array([smallest_pA, largest_pA])


# %% answer="siegert_rate"
def siegert_rate(mean_mV, sigma_mV, cell):
    nodes, weights = np.polynomial.legendre.leggauss(200)
    edges = np.linspace((cell["V_reset"] - mean_mV) / sigma_mV, (cell["V_th"] - mean_mV) / sigma_mV, 11)
    integral = 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        u = (high + low) / 2 + (high - low) / 2 * nodes
        integral += (high - low) / 2 * np.sum(weights * erfcx(-u))
    return np.array(1000.0 / (cell["t_ref"] + cell["tau_m"] * np.sqrt(np.pi) * integral))


# %% answer="weight_for_peak"
def weight_for_peak(shape, peak_mV, cell, tau_syn_ms=TAU_SYN_MS):
    if shape == "delta":
        return peak_mV
    m, s = cell["tau_m"], tau_syn_ms
    if shape == "exp":
        at_ms = np.array([m * s / (m - s) * np.log(m / s)])
    else:
        from scipy.optimize import minimize_scalar

        at_ms = minimize_scalar(
            lambda t_ms: -psp(shape, 1.0, np.array([t_ms]), cell, s)[0], bounds=(0, 80), method="bounded"
        ).x
        at_ms = np.array([at_ms])
    return peak_mV / psp(shape, 1.0, at_ms, cell, s)[0]
