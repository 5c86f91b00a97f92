# Returns a rate in place of a time constant.
# fails: test_ih_gate
# says: "one over the sum of the rates"

# %% answer="ih_gate"
def ih_gate(V_mV):
    V = np.asarray(V_mV, dtype=float)
    alpha = 0.00643 * (V + 154.9) / np.expm1((V + 154.9) / 11.9)
    beta = 0.193 * np.exp(V / 33.1)
    return alpha / (alpha + beta), alpha + beta
