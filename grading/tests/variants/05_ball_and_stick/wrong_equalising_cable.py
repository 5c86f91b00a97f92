# A sealed cable, the soma forgotten.
# fails: test_equalising_time_constants
# says: "without a soma"

# %% answer="equalising_time_constants"
def equalising_time_constants(tau_ms, L, rho, n):
    return tau_ms / (1 + (np.pi * np.arange(1, n + 1) / L) ** 2)
