# Returns the pulse, not what comes after it.
# fails: test_rebound
# says: "wrong length"

# %% answer="rebound"
def rebound(current, duration_ms, reset, dt_ms, axon):
    n_pulse = round(duration_ms / dt_ms)
    state = np.array(trusted_simulate(np.full(n_pulse + 1, current), dt_ms, axon, REST)[:, -1])
    for gate in reset:
        row = "Vmhn".index(gate)
        state[row] = REST[row]
    return trusted_simulate(np.full(n_pulse + 1, current), dt_ms, axon, REST)[0]
