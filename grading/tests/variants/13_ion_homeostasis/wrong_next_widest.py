# The widest bracket.
# fails: test_next_current
# says: "narrowest"

# %% answer="next_current"
def next_current(trials):
    good = [current_pA for current_pA, keeps_up in trials if keeps_up]
    bad = [current_pA for current_pA, keeps_up in trials if not keeps_up]
    return (min(good) + max(bad)) / 2
