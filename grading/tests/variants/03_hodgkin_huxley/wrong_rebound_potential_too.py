# Puts the potential back as well.
# fails: test_rebound
# says: "V is not to be put back"

# %% answer="rebound"
def rebound(current, duration_ms, reset, dt_ms, axon):
    n_pulse = round(duration_ms / dt_ms)
    state = np.array(trusted_simulate(np.full(n_pulse + 1, current), dt_ms, axon, REST)[:, -1])
    for gate in reset:
        row = "Vmhn".index(gate)
        state[row] = REST[row]
    if reset:
        state[0] = REST[0]
    return trusted_simulate(np.zeros(round(40 / dt_ms)), dt_ms, axon, state)[0]
