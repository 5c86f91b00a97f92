# Takes the last value for the final one and fits a line to the logarithm.
# fails: test_fit_decay
# says: "not V_inf yet"

# %% answer="fit_decay"
def fit_decay(t_ms, V_mV):
    V_inf = V_mV[-1]
    slope, intercept = np.polyfit(t_ms[:-1], np.log(np.abs(V_mV[:-1] - V_inf)), 1)
    sign = np.sign(V_mV[0] - V_inf)
    return V_inf, sign * np.exp(intercept), -1 / slope
