# Has a zero for each channel, and one channel is not in its list.
# fails: test_knock_outs
# says: "without AHP"

# %% answer="knock_outs"
def knock_outs(conductances, amp_pA):
    counts = dict.fromkeys(conductances, 0)
    for name in ("Na", "Kdr", "CaT", "CaL", "Ih"):
        spikes_ms = run(dict(conductances, **{name: 0.0}), amp_pA)["spikes_ms"]
        counts[name] = int(np.sum((spikes_ms >= ON_MS) & (spikes_ms < OFF_MS)))
    return counts
