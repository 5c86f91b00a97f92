# Sets one channel after the other to zero and never back.
# fails: test_knock_outs
# says: "still blocked"

# %% answer="knock_outs"
def knock_outs(conductances, amp_pA):
    counts, conductances = {}, dict(conductances)
    for name in conductances:
        conductances[name] = 0.0
        spikes_ms = run(conductances, amp_pA)["spikes_ms"]
        counts[name] = int(np.sum((spikes_ms >= ON_MS) & (spikes_ms < OFF_MS)))
    return counts
