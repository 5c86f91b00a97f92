# Forgets the sodium channels of the dendrite.
# fails: test_blocked
# says: "the drug reaches the dendrite too"

# %% answer="blocked"
def blocked(channels, ion):
    return dict(channels, **{"gNa_soma" if ion == "Na" else "p_T": 0.0})
