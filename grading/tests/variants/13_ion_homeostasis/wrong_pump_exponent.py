# More K⁺ outside slows the pump.
# fails: test_pump_fluxes
# says: "too small"

# %% answer="pump_fluxes"
def pump_fluxes(Na_inside_mM, K_outside_mM, largest=PUMP):
    turns = largest / (1 + np.exp((25 - Na_inside_mM) / 3)) / (1 + np.exp(K_outside_mM - 3.5))
    return 3 * turns, -2 * turns, 1e-3 * FARADAY * turns
