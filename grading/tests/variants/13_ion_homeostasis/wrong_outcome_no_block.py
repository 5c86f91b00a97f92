# Knows fires and silent only.
# fails: test_outcome
# says: "-50 mV"

# %% answer="outcome"
def outcome(t_s, V_mV, window_s=3.0):
    rate_Hz = np.sum(spikes(t_s, V_mV) > t_s[-1] - window_s) / window_s
    return ("fires" if rate_Hz > 0 else "silent"), rate_Hz
