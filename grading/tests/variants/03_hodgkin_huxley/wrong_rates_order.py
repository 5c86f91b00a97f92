# Sorts the rates by opening and closing, not by gate.
# fails: test_rates, test_rates_singularities
# says: "beta_m at -65 mV"

# %% answer="rates"
def rates(V_mV):
    V = np.asarray(V_mV, dtype=float)

    def ratio(u):
        other = np.where(u == 0, 1.0, u)
        return np.where(u == 0, 1.0, -other / np.expm1(-other))

    opening = ratio((V + 40) / 10), 0.07 * np.exp(-(V + 65) / 20), 0.1 * ratio((V + 55) / 10)
    closing = 4 * np.exp(-(V + 65) / 18), 1 / (1 + np.exp(-(V + 35) / 10)), 0.125 * np.exp(-(V + 65) / 80)
    return opening + closing
