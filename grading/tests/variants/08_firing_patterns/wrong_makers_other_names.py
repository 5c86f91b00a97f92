# Writes names that are no keys of CONTROL.
# fails: test_makers
# says: "not one of the answers to choose from"

# %% answer="makers"
makers = None  # a dict: the five keys of the table, and as values keys of CONTROL
makers = {
    "initial burst": "T-type",
    "slow pace": "AHP",
    "return to rest after a spike": "Kdr",
    "sag": "Ih",
    "sharp spikes": "Na",
}
