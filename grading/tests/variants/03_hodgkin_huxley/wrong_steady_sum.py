# Forgets that a time constant is one divided by a rate.
# fails: test_steady_state
# says: "this is the sum of the rates"

# %% answer="steady_state"
def steady_state(alpha, beta):
    return alpha / (alpha + beta), alpha + beta
