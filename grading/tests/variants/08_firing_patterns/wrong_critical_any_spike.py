# Takes the first round for sustained activity.
# fails: test_critical_weight
# says: "2 % more than your weight"

# %% answer="critical_weight"
def critical_weight(n_cells, delay_ms, tau_ms):
    low, high = 1e-3, 0.02
    while high / low > 1.01:
        middle = np.sqrt(low * high)
        if any(np.any(times > 0) for times in ring(n_cells, middle, delay_ms, tau_ms, 100.0)):
            high = middle
        else:
            low = middle
    return high
