# Compares the potential with 0 mV.
# fails: test_flow_direction
# says: "nothing would flow"

# %% answer="flow_direction"
def flow_direction(potential_mV, nernst_potential_mV, valence):
    return "in" if potential_mV * valence < 0 else "out"
