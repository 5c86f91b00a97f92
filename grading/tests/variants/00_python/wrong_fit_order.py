# Returns the time constant first.
# fails: test_fit_decay
# says: "this is the final potential: the order is V_inf, A, tau"

# %% answer="fit_decay"
def fit_decay(t_ms, V_mV):
    def curve(t, tau, A, V_inf):
        return V_inf + A * np.exp(-t / tau)

    values, _ = curve_fit(curve, t_ms, V_mV, p0=[t_ms[-1] / 4, V_mV[0] - V_mV[-1], V_mV[-1]])
    return values
