# Returns the middle of what it was given.
# fails: test_firing_threshold
# says: "the middle of the interval"

# %% answer="firing_threshold"
def firing_threshold(low, high, dt_ms, axon):
    return (low + high) / 2
