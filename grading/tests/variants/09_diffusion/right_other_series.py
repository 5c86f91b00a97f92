# The other series in each place: standing waves for images and images for standing waves.
# passes: all

# %% answer="between_walls"
def between_walls(x_nm, t_us, d_nm, D):
    n = np.arange(1, 400)
    decay = np.exp(-((n * np.pi / d_nm) ** 2) * D * t_us)
    return (1 + 2 * np.cos(np.pi * np.outer(x_nm, n) / d_nm) @ decay) / d_nm


# %% answer="terms_needed"
def terms_needed(t_us, d_nm, D, error):
    if error >= 2:
        return 0
    m = np.ceil(np.sqrt(np.log(2 / error) / (np.pi**2 * D * t_us / d_nm**2)))
    return max(0, int(m) - 1)


# %% answer="steady_flux"
def steady_flux(c0_mM, d_nm, D, fraction):
    def share(T):
        return 2 / np.sqrt(np.pi * T) * sum(np.exp(-((2 * k + 1) ** 2) / (4 * T)) for k in range(40))

    low, high = 1e-3, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if share(middle) < fraction else (low, middle)
    return D * (c0_mM * 6.022e-4) / d_nm, middle * d_nm**2 / D


# %% answer="solve"
def solve(d_nm, D, t_us, n):
    x = np.arange(n + 1) / n
    m = np.arange(1, n)[:, None]
    rates = (2 * n * np.sin(m * np.pi / (2 * n))) ** 2
    start = np.where(x > 0, x - 1, 0.0)
    start[-1] = 0
    modes = np.sin(m * np.pi * x)
    amplitudes = 2 / n * modes @ start
    return 1 - x + (amplitudes[:, None] * np.exp(-rates * D * t_us / d_nm**2) * modes).sum(axis=0)
