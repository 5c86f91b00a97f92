# Lets the search begin at 1, 1, 1.
# fails: test_fit_decay
# says: "where curve_fit starts to search"

# %% answer="fit_decay"
def fit_decay(t_ms, V_mV):
    values, _ = curve_fit(lambda t, V_inf, A, tau: V_inf + A * np.exp(-t / tau), t_ms, V_mV)
    return tuple(values)
