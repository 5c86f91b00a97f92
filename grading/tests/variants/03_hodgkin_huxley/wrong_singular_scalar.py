# Works for a single potential only.
# fails: test_rates, test_rates_singularities
# says: "ValueError"

# %% answer="rates"
def rates(V_mV):
    V = V_mV
    alpha_m = 1.0 if abs(V + 40) < 1e-6 else 0.1 * (V + 40) / (1 - np.exp(-(V + 40) / 10))
    alpha_n = 0.1 if abs(V + 55) < 1e-6 else 0.01 * (V + 55) / (1 - np.exp(-(V + 55) / 10))
    beta_h = 1 / (1 + np.exp(-(V + 35) / 10))
    return (
        alpha_m,
        4 * np.exp(-(V + 65) / 18),
        0.07 * np.exp(-(V + 65) / 20),
        beta_h,
        alpha_n,
        0.125 * np.exp(-(V + 65) / 80),
    )
