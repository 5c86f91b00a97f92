# Brackets six spikes in place of five.
# fails: test_weight
# says: "six spikes"

# %% answer="weight"
weight_uS = 0.008994
