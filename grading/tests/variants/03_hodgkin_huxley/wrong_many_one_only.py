# Has room for one axon only.
# fails: test_simulate_many
# says: "ValueError"

# %% answer="simulate"
def simulate(current, dt_ms, axon, start):
    states = np.empty((4, len(current)))
    states[:, 0] = start
    for k in range(len(current) - 1):
        states[:, k + 1] = euler_step(states[:, k], current[k], dt_ms, axon)
    return states
