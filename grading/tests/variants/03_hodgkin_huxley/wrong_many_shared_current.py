# Gives all runs the mean of their currents.
# fails: test_simulate_many
# says: "a run among several"

# %% answer="simulate"
def simulate(current, dt_ms, axon, start):
    current = np.asarray(current, dtype=float)
    states = np.empty((4,) + current.shape)
    states[:, 0] = np.reshape(start, (4,) + (1,) * (current.ndim - 1))
    for k in range(len(current) - 1):
        states[:, k + 1] = euler_step(states[:, k], np.mean(current[k]), dt_ms, axon)
    return states
