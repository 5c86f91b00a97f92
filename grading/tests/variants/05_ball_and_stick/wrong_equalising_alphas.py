# Returns the solutions, not the time constants.
# fails: test_equalising_time_constants
# says: "tau_1 of a cable"

# %% answer="equalising_time_constants"
def equalising_time_constants(tau_ms, L, rho, n):
    k = rho * L / np.tanh(L)
    y = [brentq(lambda y: y * np.cos(y) + k * np.sin(y), (m - 0.5) * np.pi, m * np.pi) for m in range(1, n + 1)]
    return np.array(y) / L
