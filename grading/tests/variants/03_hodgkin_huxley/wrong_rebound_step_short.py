# Takes the state one step before the release.
# fails: test_rebound
# says: "one step too short"

# %% answer="rebound"
def rebound(current, duration_ms, reset, dt_ms, axon):
    pulse = np.full(round(duration_ms / dt_ms), current)
    state = np.array(trusted_simulate(pulse, dt_ms, axon, REST))[:, -1]
    for gate in reset:
        state["Vmhn".index(gate)] = REST["Vmhn".index(gate)]
    return trusted_simulate(np.zeros(round(40 / dt_ms)), dt_ms, axon, state)[0]
