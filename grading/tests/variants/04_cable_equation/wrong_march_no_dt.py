# Writes c where c/dt belongs.
# fails: test_march
# says: "the time step is missing"

# %% answer="march"
def march(bands, c_nF, I_nA, dt_ms, n_steps):
    left = np.array(bands, dtype=float)
    left[1] += c_nF
    current = I_nA * (np.arange(left.shape[1]) == 0)
    V = np.zeros((n_steps + 1, left.shape[1]))
    for k in range(n_steps):
        V[k + 1] = solve_banded((1, 1), left, c_nF * V[k] + current)
    return V
