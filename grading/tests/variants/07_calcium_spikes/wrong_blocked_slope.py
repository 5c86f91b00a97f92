# Writes the dictionary out, with the slope that CHANNELS has.
# fails: test_blocked
# says: "keeps its value"

# %% answer="blocked"
def blocked(channels, ion):
    sodium, calcium = (0.0, 1.0) if ion == "Na" else (1.0, 0.0)
    return {
        "gNa_soma": sodium * channels["gNa_soma"],
        "gK_soma": channels["gK_soma"],
        "gNa_dend": sodium * channels["gNa_dend"],
        "gK_dend": channels["gK_dend"],
        "p_T": calcium * channels["p_T"],
        "k_per_um": 0.0,
    }
