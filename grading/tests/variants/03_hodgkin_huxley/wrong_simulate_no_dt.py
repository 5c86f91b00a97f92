# Takes the step to be 0.025 ms whatever dt_ms is.
# fails: test_simulate, test_rebound, test_keeps_firing, test_fi_curve, test_refractory_period
# says: "first step of V"

# %% answer="simulate"
def simulate(current, dt_ms, axon, start):
    current = np.asarray(current, dtype=float)
    states = np.empty((4,) + current.shape)
    states[:, 0] = np.reshape(start, (4,) + (1,) * (current.ndim - 1))
    for k in range(len(current) - 1):
        states[:, k + 1] = euler_step(states[:, k], current[k], 0.025, axon)
    return states
