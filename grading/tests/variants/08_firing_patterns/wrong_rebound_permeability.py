# Returns the permeability.
# fails: test_rebound_factor
# says: "this is a permeability"

# %% answer="rebound_factor"
def rebound_factor(conductances, amp_pA):
    low, high = 1.0, 2.0
    while high - low > 0.01:
        middle = (low + high) / 2
        record = run(dict(conductances, CaT=middle * conductances["CaT"]), amp_pA)
        if np.any(record["spikes_ms"] >= OFF_MS):
            high = middle
        else:
            low = middle
    return high * conductances["CaT"]
