# Blocks potassium along with sodium.
# fails: test_blocked
# says: "this channel is blocked as well"

# %% answer="blocked"
def blocked(channels, ion):
    if ion == "Ca":
        return dict(channels, p_T=0.0)
    return dict(channels, gNa_soma=0.0, gNa_dend=0.0, gK_soma=0.0, gK_dend=0.0)
