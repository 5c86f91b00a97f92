# Takes the limit within 0.5 mV: off by up to 2.5 %.
# fails: test_rates_singularities
# says: "alpha_m next to -40 mV"

# %% answer="rates"
def rates(V_mV):
    V = np.asarray(V_mV, dtype=float)

    def ratio(u):
        near = np.abs(u) < 0.05
        other = np.where(near, 1.0, u)
        return np.where(near, 1.0, -other / np.expm1(-other))

    return (
        ratio((V + 40) / 10),
        4 * np.exp(-(V + 65) / 18),
        0.07 * np.exp(-(V + 65) / 20),
        1 / (1 + np.exp(-(V + 35) / 10)),
        0.1 * ratio((V + 55) / 10),
        0.125 * np.exp(-(V + 65) / 80),
    )
