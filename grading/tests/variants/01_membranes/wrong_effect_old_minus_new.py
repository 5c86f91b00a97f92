# Old minus new.
# fails: test_change_effect
# says: "new minus old"

# %% answer="change_effect"
def change_effect(inside_mM, outside_mM, change_mM, valence, temperature_C):
    before_mV = nernst_mV(inside_mM, outside_mM, valence, temperature_C)
    after_mV = nernst_mV(inside_mM + change_mM, outside_mM, valence, temperature_C)
    return change_mM / inside_mM, before_mV - after_mV
