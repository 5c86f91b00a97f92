# Takes the first step for the amplitude: right for few points, lost for many.
# fails: test_fit_decay
# says: "ran away"

# %% answer="fit_decay"
def fit_decay(t_ms, V_mV):
    def curve(t, V_inf, A, tau):
        return V_inf + A * np.exp(-t / tau)

    values, _ = curve_fit(curve, t_ms, V_mV, p0=[V_mV[-1], V_mV[0] - V_mV[1], t_ms[-1] / 4])
    return values
