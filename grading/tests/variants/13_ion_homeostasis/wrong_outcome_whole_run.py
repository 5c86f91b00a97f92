# Counts the spikes of the whole run.
# fails: test_outcome
# says: "last seconds only"

# %% answer="outcome"
def outcome(t_s, V_mV, window_s=3.0):
    rate_Hz = len(spikes(t_s, V_mV)) / window_s
    if rate_Hz > 0:
        return "fires", rate_Hz
    return ("blocked" if V_mV[-1] > -50 else "silent"), 0.0
