# Simulates AXON whatever it is asked for.
# fails: test_keeps_firing
# says: "uses AXON"

# %% answer="keeps_firing"
def keeps_firing(currents, dt_ms, axon):
    V = trusted_simulate(np.tile(currents, (round(200 / dt_ms), 1)), dt_ms, AXON, REST)[0]
    return np.array([np.any(spike_times(column, dt_ms) > 170) for column in V.T])
