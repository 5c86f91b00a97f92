# Divides by the valence, and takes no notice of the concentrations.
# fails: test_nernst, test_nernst_any_ion, test_change_effect
# says: "nernst_mV(140.0, 5.0, 1, 37.0)"

# %% answer="nernst"
def nernst_mV(inside_mM, outside_mM, valence, temperature_C):
    return 26.7 / valence
