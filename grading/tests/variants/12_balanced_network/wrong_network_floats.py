# The numbers of inputs are floats, which NEST does not take.
# fails: test_brunel_network
# says: "it is a float"

# %% answer="brunel_network"
def brunel_network(n_E, epsilon, J_mV, g, eta, neuron, delay_ms=1.5):
    return {
        "n_E": n_E,
        "n_I": n_E // 4,
        "C_E": epsilon * n_E,
        "C_I": epsilon * n_E / 4,
        "J_mV": J_mV,
        "g": g,
        "external_Hz": 1e3 * eta * neuron["V_th"] / (J_mV * neuron["tau_m"]),
        "J_ext_mV": J_mV,
        "dc_mV": 0.0,
        "delay_ms": delay_ms,
    }
