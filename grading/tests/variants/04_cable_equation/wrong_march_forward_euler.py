# Forward Euler: the step is far too long for it.
# fails: test_march
# says: "forward Euler"

# %% answer="march"
def march(bands, c_nF, I_nA, dt_ms, n_steps):
    G = np.array(bands, dtype=float)
    n = G.shape[1]
    matrix = np.diag(G[1]) + np.diag(G[0, 1:], 1) + np.diag(G[2, :-1], -1)
    V = np.zeros((n_steps + 1, n))
    with np.errstate(all="ignore"):
        for k in range(n_steps):
            V[k + 1] = V[k] + dt_ms / c_nF * (I_nA * (np.arange(n) == 0) - matrix @ V[k])
    return V
