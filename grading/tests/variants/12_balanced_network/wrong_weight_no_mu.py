# Ignores the exponent.
# fails: test_resting_weight
# says: "exponent"

# %% answer="resting_weight"
def resting_weight(stdp):
    ratio = stdp["alpha"] * stdp["tau_minus"] / stdp["tau_plus"]
    return stdp["Wmax"] / (1 + ratio)
