# Holds the L-type channels for the makers of the burst.
# fails: test_makers
# says: "first interval is still short"

# %% answer="makers"
makers = None  # a dict: the five keys of the table, and as values keys of CONTROL
makers = {
    "initial burst": "CaL",
    "slow pace": "AHP",
    "return to rest after a spike": "Kdr",
    "sag": "Ih",
    "sharp spikes": "Na",
}
