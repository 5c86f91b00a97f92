# Does not return the row at t = 0.
# fails: test_march
# says: "one too few"

# %% answer="march"
def march(bands, c_nF, I_nA, dt_ms, n_steps):
    left = np.array(bands, dtype=float)
    left[1] += c_nF / dt_ms
    current = I_nA * (np.arange(left.shape[1]) == 0)
    V = np.zeros((n_steps + 1, left.shape[1]))
    for k in range(n_steps):
        V[k + 1] = solve_banded((1, 1), left, c_nF / dt_ms * V[k] + current)
    return V[1:]
