# Forgets the time derivative: every row is the steady state.
# fails: test_march
# says: "every row is the steady state"

# %% answer="march"
def march(bands, c_nF, I_nA, dt_ms, n_steps):
    left = np.array(bands, dtype=float)
    left[1] += 0
    current = I_nA * (np.arange(left.shape[1]) == 0)
    V = np.zeros((n_steps + 1, left.shape[1]))
    for k in range(n_steps):
        V[k + 1] = solve_banded((1, 1), left, current)
    return V
