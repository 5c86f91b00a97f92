# Holds the T-type channels for the makers of the sag.
# fails: test_makers
# says: "the sag ratio is still above 0.1"

# %% answer="makers"
makers = None  # a dict: the five keys of the table, and as values keys of CONTROL
makers = {
    "initial burst": "CaT",
    "slow pace": "AHP",
    "return to rest after a spike": "Kdr",
    "sag": "CaT",
    "sharp spikes": "Na",
}
