# Takes the last two trials for the bracket.
# fails: test_next_current
# says: "last two trials"

# %% answer="next_current"
def next_current(trials):
    return (trials[-1][0] + trials[-2][0]) / 2
