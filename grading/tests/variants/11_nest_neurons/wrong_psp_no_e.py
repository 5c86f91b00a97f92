# Forgets the factor e of the alpha current.
# fails: test_psp
# says: "the factor e is missing"

# %% answer="psp"
def psp(shape, weight, t_ms, cell, tau_syn_ms=TAU_SYN_MS):
    decay = np.exp(-t_ms / cell["tau_m"])
    if shape == "delta":
        return weight * decay
    a = 1 / tau_syn_ms - 1 / cell["tau_m"]
    if shape == "exp":
        return weight / cell["C_m"] * decay * (1 - np.exp(-a * t_ms)) / a
    return weight / (tau_syn_ms * cell["C_m"]) * decay * (1 - np.exp(-a * t_ms) * (1 + a * t_ms)) / a**2
