# Words from a table; weights and jumps in closed form.
# passes: all

# %% answer="brunel_network"
def brunel_network(n_E, epsilon, J_mV, g, eta, neuron, delay_ms=1.5):
    theta_mV, tau_s = neuron["V_th"] - neuron["E_L"], neuron["tau_m"] / 1000
    numbers = {"n_E": n_E, "n_I": 0.25 * n_E, "C_E": epsilon * n_E, "C_I": 0.25 * epsilon * n_E}
    network = {key: np.rint(number).astype(int) for key, number in numbers.items()}
    return {
        **SMALL,
        **network,
        "J_mV": J_mV,
        "J_ext_mV": J_mV,
        "g": g,
        "delay_ms": delay_ms,
        "external_Hz": eta * theta_mV / J_mV / tau_s,
    }


# %% answer="regime"
def regime(cv, peak_Hz, peak_power):
    synchronous, irregular, fast = peak_power > 30, cv >= 0.2, peak_Hz > 60
    if synchronous and irregular:
        return ["SI slow", "SI fast"][int(fast)]
    return {(True, False): "SR", (False, False): "AR", (False, True): "AI"}[synchronous, irregular]


# %% answer="resting_weight"
def resting_weight(stdp):
    up = stdp["tau_plus"] ** (1 / stdp["mu"])
    down = (stdp["alpha"] * stdp["tau_minus"]) ** (1 / stdp["mu"])
    return up * stdp["Wmax"] / (up + down)


# %% answer="scale_down"
def scale_down(network, fraction, rate_Hz, neuron):
    s, tau_s = np.sqrt(fraction), neuron["tau_m"] / 1000
    own_mV = tau_s * network["J_mV"] * rate_Hz * network["C_E"] - tau_s * network["J_mV"] * rate_Hz * (
        network["g"] * network["C_I"]
    )
    return dict(
        network,
        n_E=int(round(network["n_E"] * fraction)),
        n_I=int(round(network["n_I"] * fraction)),
        C_E=int(round(network["C_E"] * fraction)),
        C_I=int(round(network["C_I"] * fraction)),
        J_mV=network["J_mV"] / s,
        dc_mV=network["dc_mV"] + own_mV - s * own_mV,
    )
