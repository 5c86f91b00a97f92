# Hyperbolic functions as exponentials, the series as one array, a hundred terms, the root by its polar form.
# passes: all

# %% answer="steady_state"
def steady_state(x_um, length_um, lambda_um, R_inf, I_nA, end):
    X, L = np.array(x_um, dtype=float) / lambda_um, length_um / lambda_um
    reflected = {"sealed": 1, "killed": -1, "semi-infinite": 0, "infinite": 0}[end]
    V = np.exp(-np.abs(X)) + reflected * np.exp(np.abs(X) - 2 * L)
    V = V / (1 - reflected * np.exp(-2 * L))
    if end == "infinite":
        V = V / 2
    return I_nA * R_inf * V


# %% answer="sealed_step"
def sealed_step(t_ms, x_um, length_um, lambda_um, tau_ms, R_inf, I_nA, n_terms=200):
    k = np.arange(101)
    L = length_um / lambda_um
    rates = 1 + (k * np.pi / L) ** 2
    weights = np.where(k == 0, 1, 2) * np.cos(np.pi * k * x_um / length_um) / rates
    decay = np.exp(-np.outer(np.array(t_ms) / tau_ms, rates))
    return I_nA * R_inf * (np.cosh(L - x_um / lambda_um) / np.sinh(L) - decay @ weights / L)


# %% answer="ac_length_constant"
def ac_length_constant(f_Hz, lambda_um, tau_ms):
    y = 2 * np.pi * np.array(f_Hz) * tau_ms / 1e3
    return lambda_um / ((1 + y**2) ** 0.25 * np.cos(np.arctan(y) / 2))


# %% answer="convergence_order"
def convergence_order(steps, errors):
    x, y = np.log10(steps), np.log10(errors)
    return np.sum((x - x.mean()) * (y - y.mean())) / np.sum((x - x.mean()) ** 2)
