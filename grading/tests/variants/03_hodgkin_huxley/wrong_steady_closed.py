# Returns the closed fraction.
# fails: test_steady_state
# says: "this is the closed fraction"

# %% answer="steady_state"
def steady_state(alpha, beta):
    return beta / (alpha + beta), 1 / (alpha + beta)
