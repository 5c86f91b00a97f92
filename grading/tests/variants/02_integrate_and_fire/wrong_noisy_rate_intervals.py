# Takes the rates from the intervals.
# fails: test_noisy_rate
# says: "comes from the intervals"

# %% answer="noisy_rate"
def noisy_rate(I_pA, sigma_mV, dt_ms, duration_ms, cell, seeds):
    current = np.full(round(duration_ms / dt_ms), I_pA)
    rates = [firing_rate(simulate_noisy(current, sigma_mV, dt_ms, cell, seed)[1]) for seed in seeds]
    return np.mean(rates), np.std(rates, ddof=1) / np.sqrt(len(seeds))
