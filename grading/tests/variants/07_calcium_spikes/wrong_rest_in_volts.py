# Gives volts.
# fails: test_rest
# says: "V"

# %% answer="rest"
rest_mV = {}
for name, channels in cases.items():
    t_ms, v_mV = simulate(TREE, channels, 0.0, SOMA, [SOMA], 5.0)
    rest_mV[name] = 1e-3 * v_mV[0, -1]
