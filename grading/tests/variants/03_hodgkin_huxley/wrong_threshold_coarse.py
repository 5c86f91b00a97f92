# Stops at 0.5 µA/cm².
# fails: test_firing_threshold
# says: "too large"

# %% answer="firing_threshold"
def firing_threshold(low, high, dt_ms, axon):
    while high - low > 0.5:
        trial = np.linspace(low, high, 4)
        first = int(np.argmax(keeps_firing(trial, dt_ms, axon)))
        low, high = trial[first - 1], trial[first]
    return high
