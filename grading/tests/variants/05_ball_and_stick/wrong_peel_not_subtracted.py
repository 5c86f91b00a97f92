# Never takes the slow exponential off.
# fails: test_peel
# says: "take off the slow exponential first"

# %% answer="peel"
def peel(t_ms, V_mV, V_final_mV, slow_ms, fast_ms):
    t, remainder = np.asarray(t_ms), V_final_mV - np.asarray(V_mV)
    found = []
    for start, end in (slow_ms, fast_ms):
        window = (t >= start) & (t <= end)
        slope, intercept = np.polyfit(t[window], np.log(remainder[window]), 1)
        found += [-1 / slope, np.exp(intercept)]
    return tuple(found)
