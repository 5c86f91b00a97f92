# A fraction of the largest weight.
# fails: test_resting_weight
# says: "fraction of Wmax"

# %% answer="resting_weight"
def resting_weight(stdp):
    ratio = (stdp["alpha"] * stdp["tau_minus"] / stdp["tau_plus"]) ** (1 / stdp["mu"])
    return 1 / (1 + ratio)
