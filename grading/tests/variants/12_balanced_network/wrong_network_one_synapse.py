# The rate of one outside synapse.
# fails: test_brunel_network
# says: "too small, by far"

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
        "external_Hz": 1e3 * eta * neuron["V_th"] / (J_mV * neuron["tau_m"] * epsilon * n_E),
        "J_ext_mV": J_mV,
        "dc_mV": 0.0,
        "delay_ms": delay_ms,
    }
