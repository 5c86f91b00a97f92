# Writes beta_h with the sign of the exponent turned round.
# fails: test_rates
# says: "beta_h at -65 mV"

# %% answer="rates"
def rates(V_mV):
    V = np.asarray(V_mV, dtype=float)

    def ratio(u):
        other = np.where(u == 0, 1.0, u)
        return np.where(u == 0, 1.0, -other / np.expm1(-other))

    return (
        ratio((V + 40) / 10),
        4 * np.exp(-(V + 65) / 18),
        0.07 * np.exp(-(V + 65) / 20),
        1 / (1 + np.exp((V + 35) / 10)),
        0.1 * ratio((V + 55) / 10),
        0.125 * np.exp(-(V + 65) / 80),
    )
