# The wrong logarithm.
# fails: test_peel_slow, test_peel
# says: "the natural one"

# %% answer="peel"
def peel(t_ms, V_mV, V_final_mV, slow_ms, fast_ms):
    t, remainder = np.asarray(t_ms), V_final_mV - np.asarray(V_mV)
    found = []
    for start, end in (slow_ms, fast_ms):
        window = (t >= start) & (t <= end)
        slope, intercept = np.polyfit(t[window], np.log10(remainder[window]), 1)
        found += [-1 / slope, np.exp(intercept)]
        remainder = remainder - found[-1] * np.exp(-t / found[-2])
    return tuple(found)
