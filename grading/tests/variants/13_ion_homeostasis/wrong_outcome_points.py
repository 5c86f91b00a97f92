# Counts points above 0 mV.
# fails: test_outcome
# says: "points above 0 mV"

# %% answer="outcome"
def outcome(t_s, V_mV, window_s=3.0):
    late = t_s > t_s[-1] - window_s
    rate_Hz = np.sum(V_mV[late] > 0) / window_s
    if rate_Hz > 0 and V_mV[-1] < 0:
        return "fires", rate_Hz
    return ("blocked" if V_mV[-1] > -50 else "silent"), 0.0
