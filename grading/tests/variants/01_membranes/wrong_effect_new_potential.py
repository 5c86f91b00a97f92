# Returns the new Nernst potential, not the shift.
# fails: test_change_effect
# says: "the shift is asked"

# %% answer="change_effect"
def change_effect(inside_mM, outside_mM, change_mM, valence, temperature_C):
    return change_mM / inside_mM, nernst_mV(inside_mM + change_mM, outside_mM, valence, temperature_C)
