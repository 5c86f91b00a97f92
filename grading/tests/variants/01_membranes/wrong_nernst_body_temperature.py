# Remembers 26.7 mV and forgets the temperature.
# fails: test_nernst
# says: "use the argument temperature_C"

# %% answer="nernst"
def nernst_mV(inside_mM, outside_mM, valence, temperature_C):
    return 26.727 / valence * np.log(outside_mM / inside_mM)
