# Ignores the Ih that it is given, as the class did.
# fails: test_resting_potential
# says: "this is the rest of CONTROL"

# %% answer="resting_potential"
def resting_potential(conductances):
    return run(dict(conductances, Ih=CONTROL["Ih"]), 0.0)["V_mV"][-1]
