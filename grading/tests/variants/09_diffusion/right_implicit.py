# Crank-Nicolson after implicit first steps; steps of fixed size; the normal distribution from SciPy.
# passes: all

# %% answer="solve"
def solve(d_nm, D, t_us, n):
    from scipy.linalg import solve_banded

    c = np.zeros(n + 1)
    c[0] = 1

    def step(c, r, implicit):
        explicit = 1 - implicit
        right = c.copy()
        right[1:-1] += explicit * r * (c[2:] - 2 * c[1:-1] + c[:-2])
        bands = np.zeros((3, n + 1))
        bands[1] = 1 + 2 * implicit * r
        bands[0, 2:] = bands[2, :-2] = -implicit * r
        bands[1, 0] = bands[1, -1] = 1
        return solve_banded((1, 1), bands, right)

    steps = 400
    r = D * t_us / steps * n**2 / d_nm**2
    for k in range(steps):
        c = step(c, r, 1.0 if k < 4 else 0.5)
    return c


# %% answer="walk"
def walk(n_walkers, t_us, D, dt_us, seed):
    rng = np.random.default_rng(seed)
    steps = int(round(t_us / dt_us))
    heads = rng.integers(0, 2, size=(steps, n_walkers))
    return np.sqrt(2 * D * dt_us) * (2 * heads - 1).sum(axis=0)


# %% answer="z_scores"
def z_scores(x_nm, edges_nm, t_us, D):
    from scipy.stats import norm

    p = np.diff(norm.cdf(edges_nm, scale=np.sqrt(2 * D * t_us)))
    counts = np.array([np.sum((x_nm >= a) & (x_nm < b)) for a, b in zip(edges_nm[:-1], edges_nm[1:])])
    return (counts / len(x_nm) - p) / np.sqrt(p * (1 - p) / len(x_nm))


# %% answer="diffusion_coefficient"
def diffusion_coefficient(t_s, amount, d_um):
    late = t_s > 0.65 * t_s[-1]
    (a, b), *_ = np.linalg.lstsq(np.column_stack([t_s[late], np.ones(late.sum())]), amount[late], rcond=None)
    return -(d_um**2) * a / b / 6
