# Believes that the step does not matter.
# fails: test_sd_ratio
# says: "does depend on the step"

# %% answer="sd_ratio"
sd_ratio = 1
