# Applies a temperature correction.
# fails: test_ih_gate
# says: "no temperature correction"

# %% answer="ih_gate"
def ih_gate(V_mV):
    V = np.asarray(V_mV, dtype=float)
    alpha = 0.00643 * (V + 154.9) / np.expm1((V + 154.9) / 11.9)
    beta = 0.193 * np.exp(V / 33.1)
    return alpha / (alpha + beta), 1 / (alpha + beta) / 2.3**1.3
