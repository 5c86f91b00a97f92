# Takes the interval before the last for the steady rate.
# fails: test_fi_curve
# says: "the rates of another neuron"

# %% answer="fi_curve"
def fi_curve(conductances, amps_pA):
    rates_Hz = np.zeros((2, len(amps_pA)))
    for k, amp_pA in enumerate(amps_pA):
        spikes_ms = run(conductances, amp_pA)["spikes_ms"]
        intervals = np.diff(spikes_ms[(spikes_ms >= ON_MS) & (spikes_ms < OFF_MS)])
        if len(intervals):
            rates_Hz[:, k] = 1000 / intervals[0], 1000 / intervals[-2:][0]
    return rates_Hz
