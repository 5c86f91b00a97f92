# The current enters every compartment.
# fails: test_march
# says: "instead of compartment 0 alone"

# %% answer="march"
def march(bands, c_nF, I_nA, dt_ms, n_steps):
    left = np.array(bands, dtype=float)
    left[1] += c_nF / dt_ms
    current = I_nA
    V = np.zeros((n_steps + 1, left.shape[1]))
    for k in range(n_steps):
        V[k + 1] = solve_banded((1, 1), left, c_nF / dt_ms * V[k] + current)
    return V
