# Adds the waves to the steady profile.
# fails: test_sealed_step
# says: "subtracted from the steady profile"

# %% answer="sealed_step"
def sealed_step(t_ms, x_um, length_um, lambda_um, tau_ms, R_inf, I_nA, n_terms=200):
    T, X, L = np.asarray(t_ms) / tau_ms, x_um / lambda_um, length_um / lambda_um
    waves = np.exp(-T)
    for k in range(1, n_terms + 1):
        rate = 1 + (k * np.pi / L) ** 2
        waves = waves + 2 * np.cos(k * np.pi * X / L) * np.exp(-rate * T) / rate
    return I_nA * R_inf * (np.cosh(L - X) / np.sinh(L) + waves / L)
