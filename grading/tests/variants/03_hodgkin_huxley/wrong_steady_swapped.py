# Returns the time constant first.
# fails: test_steady_state
# says: "too small"

# %% answer="steady_state"
def steady_state(alpha, beta):
    return 1 / (alpha + beta), alpha / (alpha + beta)
