# Keeps the wrong half.
# fails: test_rebound_factor
# says: "a factor 0.02 below yours"

# %% answer="rebound_factor"
def rebound_factor(conductances, amp_pA):
    low, high = 1.0, 2.0
    while high - low > 0.01:
        middle = (low + high) / 2
        record = run(dict(conductances, CaT=middle * conductances["CaT"]), amp_pA)
        if np.any(record["spikes_ms"] >= OFF_MS):
            low = middle
        else:
            high = middle
    return high
