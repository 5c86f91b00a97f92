# Gives the weight in nS.
# fails: test_weight
# says: "1000"

# %% answer="weight"
weight_uS = 6.643
