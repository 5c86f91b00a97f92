# Simulates the control cell each time, and leaves the leak for the last.
# fails: test_rest
# says: "T-channels still in"

# %% answer="rest"
rest_mV = {}
for name in cases:
    t_ms, v_mV = simulate(TREE, CHANNELS, 0.0, SOMA, [SOMA], 5.0)
    rest_mV[name] = v_mV[0, -1]
rest_mV["no Na, no Ca"] = MEMBRANE["e_pas"]
