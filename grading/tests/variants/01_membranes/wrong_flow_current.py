# Gives the direction of the electric current.
# fails: test_flow_direction
# says: "anions go the other way"

# %% answer="flow_direction"
def flow_direction(potential_mV, nernst_potential_mV, valence):
    return "out" if potential_mV > nernst_potential_mV else "in"
