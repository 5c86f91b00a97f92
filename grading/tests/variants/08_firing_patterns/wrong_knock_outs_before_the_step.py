# Counts the spikes before the step, too.
# fails: test_knock_outs
# says: "spikes before the step are counted"

# %% answer="knock_outs"
def knock_outs(conductances, amp_pA):
    counts = {}
    for name in conductances:
        spikes_ms = run(dict(conductances, **{name: 0.0}), amp_pA)["spikes_ms"]
        counts[name] = int(np.sum(spikes_ms < OFF_MS))
    return counts
