# Divides by the duration in ms.
# fails: test_noisy_rate
# says: "1000 times too small"

# %% answer="noisy_rate"
def noisy_rate(I_pA, sigma_mV, dt_ms, duration_ms, cell, seeds):
    current = np.full(round(duration_ms / dt_ms), I_pA)
    rates = [len(simulate_noisy(current, sigma_mV, dt_ms, cell, seed)[1]) / duration_ms for seed in seeds]
    return np.mean(rates), np.std(rates, ddof=1) / np.sqrt(len(seeds))
