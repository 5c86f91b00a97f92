# Takes the first value in place of the last.
# fails: test_resting_potential
# says: "where the simulation starts"

# %% answer="resting_potential"
def resting_potential(conductances):
    return run(conductances, 0.0)["V_mV"][0]
