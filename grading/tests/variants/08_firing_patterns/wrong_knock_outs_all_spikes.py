# Counts all spikes of the simulation.
# fails: test_knock_outs
# says: "spikes before and after the step are counted"

# %% answer="knock_outs"
def knock_outs(conductances, amp_pA):
    counts = {}
    for name in conductances:
        spikes_ms = run(dict(conductances, **{name: 0.0}), amp_pA)["spikes_ms"]
        counts[name] = len(spikes_ms)
    return counts
