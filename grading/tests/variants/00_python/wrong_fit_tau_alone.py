# Reads tau off the data and leaves the other two at 1.
# fails: test_fit_decay
# says: "ran away"

# %% answer="fit_decay"
def fit_decay(t_ms, V_mV):
    def curve(t, V_inf, A, tau):
        return V_inf + A * np.exp(-t / tau)

    values, _ = curve_fit(curve, t_ms, V_mV, p0=[1.0, 1.0, t_ms[-1] / 4])
    return values
