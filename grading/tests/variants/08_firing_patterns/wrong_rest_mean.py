# Averages over the whole simulation.
# fails: test_resting_potential
# says: "the settling counts, too"

# %% answer="resting_potential"
def resting_potential(conductances):
    return run(conductances, 0.0)["V_mV"].mean()
