# The formulas as they stand: 0/0 gives NaN.
# fails: test_rates_singularities
# says: "NaN"

# %% answer="rates"
def rates(V_mV):
    V = np.asarray(V_mV, dtype=float)
    with np.errstate(all="ignore"):
        alpha_m = 0.1 * (V + 40) / (1 - np.exp(-(V + 40) / 10))
        alpha_n = 0.01 * (V + 55) / (1 - np.exp(-(V + 55) / 10))
    return (
        alpha_m,
        4 * np.exp(-(V + 65) / 18),
        0.07 * np.exp(-(V + 65) / 20),
        1 / (1 + np.exp(-(V + 35) / 10)),
        alpha_n,
        0.125 * np.exp(-(V + 65) / 80),
    )
