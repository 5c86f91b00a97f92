# Each number of spikes in an array of its own.
# passes: all

# %% answer="knock_outs"
def knock_outs(conductances, amp_pA):
    counts = {}
    for name in conductances:
        spikes_ms = run(dict(conductances, **{name: 0.0}), amp_pA)["spikes_ms"]
        counts[name] = np.histogram(spikes_ms, [ON_MS, np.nextafter(OFF_MS, 0)])[0]
    return counts
