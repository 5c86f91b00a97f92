# Makes the copy and runs the original.
# fails: test_knock_outs
# says: "handed to run"

# %% answer="knock_outs"
def knock_outs(conductances, amp_pA):
    counts = {}
    for name in conductances:
        blocked = dict(conductances)
        blocked[name] = 0.0
        spikes_ms = run(conductances, amp_pA)["spikes_ms"]
        counts[name] = int(np.sum((spikes_ms >= ON_MS) & (spikes_ms < OFF_MS)))
    return counts
