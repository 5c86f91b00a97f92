# Measures the tutorial's ring, whatever it is asked for.
# fails: test_critical_weight
# says: "3 neurons"

# %% answer="critical_weight"
def critical_weight(n_cells, delay_ms, tau_ms):
    low, high = 1e-3, 0.02
    while high / low > 1.01:
        middle = np.sqrt(low * high)
        if any(np.any(times > 50) for times in ring(5, middle, 5.0, 2.0, 100.0)):
            high = middle
        else:
            low = middle
    return high
