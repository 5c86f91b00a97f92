# Loses the sign.
# fails: test_weight_for_peak
# says: "sign"

# %% answer="weight_for_peak"
def weight_for_peak(shape, peak_mV, cell, tau_syn_ms=TAU_SYN_MS):
    t_ms = np.arange(0, 100, 0.01)
    return abs(peak_mV) / psp(shape, 1.0, t_ms, cell, tau_syn_ms).max()
