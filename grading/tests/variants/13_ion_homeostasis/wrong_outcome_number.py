# A number of spikes for a rate.
# fails: test_outcome
# says: "divide by the length of the window"

# %% answer="outcome"
def outcome(t_s, V_mV, window_s=3.0):
    number = np.sum(spikes(t_s, V_mV) > t_s[-1] - window_s)
    if number > 0:
        return "fires", number
    return ("blocked" if V_mV[-1] > -50 else "silent"), 0.0
