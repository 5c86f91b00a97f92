# One jump in place of a walk; a library solves the differential equations; a fit of the whole record.
# passes: all

# %% answer="walk"
def walk(n_walkers, t_us, D, dt_us, seed):
    return np.random.default_rng(seed).normal(0, np.sqrt(2 * D * t_us), size=n_walkers)


# %% answer="solve"
def solve(d_nm, D, t_us, n):
    from scipy.integrate import solve_ivp

    def slope(t, inner):
        c = np.concatenate([[1.0], inner, [0.0]])
        return D * (n / d_nm) ** 2 * (c[2:] - 2 * c[1:-1] + c[:-2])

    inner = solve_ivp(slope, (0, t_us), np.zeros(n - 1), method="BDF", rtol=1e-5, atol=1e-6).y[:, -1]
    return np.concatenate([[1.0], inner, [0.0]])


# %% answer="diffusion_coefficient"
def diffusion_coefficient(t_s, amount, d_um):
    from scipy.optimize import curve_fit

    n = np.arange(1, 60)

    def passed(t, gain, D):
        T = D * t / d_um**2
        return gain * (T - 1 / 6 - 2 / np.pi**2 * np.exp(-(np.pi**2) * np.outer(T, n**2)) @ ((-1.0) ** n / n**2))

    half = len(t_s) // 2
    slope, at_zero = np.polyfit(t_s[half:], amount[half:], 1)
    D = d_um**2 / (6 * -at_zero / slope)
    return curve_fit(passed, t_s, amount, p0=(slope * d_um**2 / D, D))[0][1]


# %% answer="peak"
def peak(amount, r_nm, D, dimensions):
    t_us = np.geomspace(1e-2, 1e2, 100_001) * r_nm**2 / D
    c = amount * green(r_nm, t_us, D, dimensions) * MM_PER_NM3
    return t_us[np.argmax(c)], c.max()
