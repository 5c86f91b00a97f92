# The mean of all trials.
# fails: test_next_current
# says: "mean of all trials"

# %% answer="next_current"
def next_current(trials):
    return sum(current_pA for current_pA, _ in trials) / len(trials)
