# Stays where it starts; from then on euler_step says that this is what follows.
# fails: test_simulate, test_simulate_many
# says: "under a current that flows during this step alone"

# %% answer="simulate"
def euler_step(state, current, dt_ms, axon):
    return state


def simulate(current, dt_ms, axon, start):
    return np.multiply.outer(start, np.ones(np.shape(current)))
