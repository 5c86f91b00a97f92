# Adds standard deviations instead of variances.
# fails: test_sd_ratio
# says: "variances add"

# %% answer="sd_ratio"
sd_ratio = 0.025 / 0.1
