# Stops at the first round number that gives five spikes.
# fails: test_weight
# says: "a weight 5 % smaller"

# %% answer="weight"
weight_uS = 0.007
