# Ignores the argument with the largest flux.
# fails: test_pump_fluxes
# says: "too small"

# %% answer="pump_fluxes"
def pump_fluxes(Na_inside_mM, K_outside_mM, largest=PUMP):
    turns = PUMP / (1 + np.exp((25 - Na_inside_mM) / 3)) / (1 + np.exp(3.5 - K_outside_mM))
    return 3 * turns, -2 * turns, 1e-3 * FARADAY * turns
