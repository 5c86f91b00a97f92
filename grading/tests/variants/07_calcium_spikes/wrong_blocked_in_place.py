# Changes the dictionary and returns nothing.
# fails: test_blocked
# says: "return"

# %% answer="blocked"
def blocked(channels, ion):
    for key in {"Na": ["gNa_soma", "gNa_dend"], "Ca": ["p_T"]}[ion]:
        channels[key] = 0.0
