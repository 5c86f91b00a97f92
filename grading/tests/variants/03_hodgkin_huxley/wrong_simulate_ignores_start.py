# Always begins at REST.
# fails: test_simulate, test_simulate_many, test_rebound
# says: "start"

# %% answer="simulate"
def simulate(current, dt_ms, axon, start):
    current = np.asarray(current, dtype=float)
    states = np.empty((4,) + current.shape)
    states[:, 0] = np.reshape(REST, (4,) + (1,) * (current.ndim - 1))
    for k in range(len(current) - 1):
        states[:, k + 1] = euler_step(states[:, k], current[k], dt_ms, axon)
    return states
