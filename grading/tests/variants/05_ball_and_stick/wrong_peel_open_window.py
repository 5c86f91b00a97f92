# Leaves out the sample with which the window begins.
# fails: test_peel_slow
# says: "the ends count as inside"

# %% answer="peel"
def peel(t_ms, V_mV, V_final_mV, slow_ms, fast_ms):
    def line(t, W, window):
        inside = (t > window[0]) & (t <= window[1])
        slope, intercept = np.polyfit(t[inside], np.log(W[inside]), 1)
        return -1 / slope, np.exp(intercept)

    t, W = np.asarray(t_ms), V_final_mV - np.asarray(V_mV)
    tau_0, C_0 = line(t, W, slow_ms)
    return (tau_0, C_0, *line(t, W - C_0 * np.exp(-t / tau_0), fast_ms))
