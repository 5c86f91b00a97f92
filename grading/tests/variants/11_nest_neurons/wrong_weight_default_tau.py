# Ignores the synaptic time constant.
# fails: test_weight_for_peak
# says: "too"

# %% answer="weight_for_peak"
def weight_for_peak(shape, peak_mV, cell, tau_syn_ms=TAU_SYN_MS):
    t_ms = np.arange(0, 100, 0.01)
    return peak_mV / psp(shape, 1.0, t_ms, cell).max()
