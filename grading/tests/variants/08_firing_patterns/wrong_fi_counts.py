# Counts spikes in place of measuring intervals.
# fails: test_fi_curve
# says: "an average over burst and pause"

# %% answer="fi_curve"
def fi_curve(conductances, amps_pA):
    rates_Hz = np.zeros((2, len(amps_pA)))
    for k, amp_pA in enumerate(amps_pA):
        spikes_ms = run(conductances, amp_pA)["spikes_ms"]
        intervals = np.diff(spikes_ms[(spikes_ms >= ON_MS) & (spikes_ms < OFF_MS)])
        if len(intervals):
            rates_Hz[:, k] = len(intervals) + 1, len(intervals) + 1
    return rates_Hz
