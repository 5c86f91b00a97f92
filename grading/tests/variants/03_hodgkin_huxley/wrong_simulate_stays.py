# Every state is the first one.
# fails: test_simulate, test_simulate_many
# says: "no spike was found"

# %% answer="simulate"
def simulate(current, dt_ms, axon, start):
    return np.multiply.outer(start, np.ones(np.shape(current)))
