# Uses the first seed in every run.
# fails: test_noisy_rate
# says: "first seed alone"

# %% answer="noisy_rate"
def noisy_rate(I_pA, sigma_mV, dt_ms, duration_ms, cell, seeds):
    current = np.full(round(duration_ms / dt_ms), I_pA)
    rates = [1e3 * len(simulate_noisy(current, sigma_mV, dt_ms, cell, seeds[0])[1]) / duration_ms for seed in seeds]
    return np.mean(rates), np.std(rates, ddof=1) / np.sqrt(len(seeds))
