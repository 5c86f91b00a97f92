# The threshold and time constant of the notebook's neuron in place of the argument.
# fails: test_brunel_network
# says: "constant of another neuron"

# %% answer="brunel_network"
def brunel_network(n_E, epsilon, J_mV, g, eta, neuron, delay_ms=1.5):
    n_I = n_E // 4
    return {
        "n_E": n_E,
        "n_I": n_I,
        "C_E": round(epsilon * n_E),
        "C_I": round(epsilon * n_I),
        "J_mV": J_mV,
        "g": g,
        "external_Hz": 1e3 * eta * 20.0 / (J_mV * 20.0),
        "J_ext_mV": J_mV,
        "dc_mV": 0.0,
        "delay_ms": delay_ms,
    }
