# Forgets the capacitance.
# fails: test_psp
# says: "too large"

# %% answer="psp"
def psp(shape, weight, t_ms, cell, tau_syn_ms=TAU_SYN_MS):
    decay = np.exp(-t_ms / cell["tau_m"])
    if shape == "delta":
        return weight * decay
    a = 1 / tau_syn_ms - 1 / cell["tau_m"]
    if shape == "exp":
        return weight * decay * (1 - np.exp(-a * t_ms)) / a
    return weight * np.e / tau_syn_ms * decay * (1 - np.exp(-a * t_ms) * (1 + a * t_ms)) / a**2
