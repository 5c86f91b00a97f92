# Starts the list with the membrane's own time constant.
# fails: test_equalising_time_constants
# says: "the list starts with tau_1"

# %% answer="equalising_time_constants"
def equalising_time_constants(tau_ms, L, rho, n):
    k = rho * L / np.tanh(L)
    y = [brentq(lambda y: y * np.cos(y) + k * np.sin(y), (m - 0.5) * np.pi, m * np.pi) for m in range(1, n + 1)]
    return tau_ms / (1 + (np.append(0, y)[:n] / L) ** 2)
