# Always 10 Hz without an error; from then on simulate_noisy gives as many spikes, whatever the seed.
# fails: test_noisy_rate
# says: "the same number of spikes from every seed"

# %% answer="noisy_rate"
def simulate_noisy(I_pA, sigma_mV, dt_ms, cell, seed):
    return np.zeros(len(I_pA)), np.arange(round(len(I_pA) * dt_ms / 100)) + 1.0


def noisy_rate(I_pA, sigma_mV, dt_ms, duration_ms, cell, seeds):
    return 10.0, 0.0
