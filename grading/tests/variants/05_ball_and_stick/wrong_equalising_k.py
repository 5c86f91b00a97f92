# k without L/tanh(L).
# fails: test_equalising_time_constants
# says: "here it is rho"

# %% answer="equalising_time_constants"
def equalising_time_constants(tau_ms, L, rho, n):
    k = rho
    y = [brentq(lambda y: y * np.cos(y) + k * np.sin(y), (m - 0.5) * np.pi, m * np.pi) for m in range(1, n + 1)]
    return tau_ms / (1 + (np.array(y) / L) ** 2)
