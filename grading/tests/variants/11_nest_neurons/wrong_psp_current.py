# Returns the synaptic current of the exp synapse.
# fails: test_psp
# says: "psp"

# %% answer="psp"
def psp(shape, weight, t_ms, cell, tau_syn_ms=TAU_SYN_MS):
    decay = np.exp(-t_ms / cell["tau_m"])
    if shape == "delta":
        return weight * decay
    a = 1 / tau_syn_ms - 1 / cell["tau_m"]
    if shape == "exp":
        return weight * np.exp(-t_ms / tau_syn_ms)
    return weight * np.e / (tau_syn_ms * cell["C_m"]) * decay * (1 - np.exp(-a * t_ms) * (1 + a * t_ms)) / a**2
