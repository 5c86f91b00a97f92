# Makes nernst_mV say from then on what fits its own wrong shift.
# fails: test_change_effect
# says: "the shift of another Nernst potential"

# %% answer="change_effect"
def nernst_mV(inside_mM, outside_mM, valence, temperature_C):
    return inside_mM


def change_effect(inside_mM, outside_mM, change_mM, valence, temperature_C):
    return change_mM / inside_mM, change_mM
