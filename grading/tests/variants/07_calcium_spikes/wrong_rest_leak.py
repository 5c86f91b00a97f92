# Reads the first value before rest: the leak's reversal potential.
# fails: test_rest
# says: "the T-channels are missing"

# %% answer="rest"
rest_mV = {name: MEMBRANE["e_pas"] for name in cases}
