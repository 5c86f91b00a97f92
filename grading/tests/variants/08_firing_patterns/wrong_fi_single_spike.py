# Has no answer for a neuron that spikes once.
# fails: test_fi_curve
# says: "index 0 is out of bounds"

# %% answer="fi_curve"
def fi_curve(conductances, amps_pA):
    rates_Hz = np.zeros((2, len(amps_pA)))
    for k, amp_pA in enumerate(amps_pA):
        spikes_ms = run(conductances, amp_pA)["spikes_ms"]
        during = spikes_ms[(spikes_ms >= ON_MS) & (spikes_ms < OFF_MS)]
        if len(during):
            intervals = np.diff(during)
            rates_Hz[:, k] = 1000 / intervals[0], 1000 / intervals[-1]
    return rates_Hz
