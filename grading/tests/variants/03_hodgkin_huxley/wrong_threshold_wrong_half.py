# Keeps the wrong half.
# fails: test_firing_threshold
# says: "one of the ends"

# %% answer="firing_threshold"
def firing_threshold(low, high, dt_ms, axon):
    while high - low > 0.01:
        middle = (low + high) / 2
        if keeps_firing([middle], dt_ms, axon)[0]:
            low = middle
        else:
            high = middle
    return high
