# Crank-Nicolson with a sparse factorisation.
# passes: all

# %% answer="march"
def march(bands, c_nF, I_nA, dt_ms, n_steps):
    from scipy.sparse import diags, identity
    from scipy.sparse.linalg import splu

    bands = np.asarray(bands, dtype=float)
    n = bands.shape[1]
    G = diags([bands[2, :-1], bands[1], bands[0, 1:]], [-1, 0, 1])
    inertia = identity(n) * (c_nF / dt_ms)
    new, old = splu((inertia + G / 2).tocsc()), (inertia - G / 2).tocsr()
    current = np.zeros(n)
    current[0] = I_nA
    V = np.zeros((n_steps + 1, n))
    for k in range(n_steps):
        V[k + 1] = new.solve(old @ V[k] + current)
    return V


# %% answer="convergence_order"
def convergence_order(steps, errors):
    from scipy.stats import linregress

    return linregress(np.log(steps), np.log(errors)).slope
