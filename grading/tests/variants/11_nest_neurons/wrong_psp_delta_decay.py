# Lets the jump of delta decay with the synapse.
# fails: test_psp
# says: "the jump decays with the membrane's"

# %% answer="psp"
def psp(shape, weight, t_ms, cell, tau_syn_ms=TAU_SYN_MS):
    decay = np.exp(-t_ms / cell["tau_m"])
    if shape == "delta":
        return weight * np.exp(-t_ms / tau_syn_ms)
    a = 1 / tau_syn_ms - 1 / cell["tau_m"]
    if shape == "exp":
        return weight / cell["C_m"] * decay * (1 - np.exp(-a * t_ms)) / a
    return weight * np.e / (tau_syn_ms * cell["C_m"]) * decay * (1 - np.exp(-a * t_ms) * (1 + a * t_ms)) / a**2
