# Knocks channels out of CONTROL, whatever it is given.
# fails: test_knock_outs
# says: "spikes"

# %% answer="knock_outs"
def knock_outs(conductances, amp_pA):
    counts = {}
    for name in conductances:
        spikes_ms = run(dict(CONTROL, **{name: 0.0}), amp_pA)["spikes_ms"]
        counts[name] = int(np.sum((spikes_ms >= ON_MS) & (spikes_ms < OFF_MS)))
    return counts
