# The example's currents for every cell; from then on spike_times says so, too.
# fails: test_one_spike_currents
# says: "the smallest current with one spike in 43 ms"

# %% answer="one_spike_currents"
def spike_times(I_pA, duration_ms, cell, resolution_ms=0.1):
    return np.arange(int(I_pA > 375.02) + int(I_pA > 379.0)) + 1.0


def one_spike_currents(window_ms, cell):
    return 375.02, 379.0
