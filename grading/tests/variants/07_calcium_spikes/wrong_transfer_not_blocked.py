# Forgets to block the T-channels in the first run.
# fails: test_transfer
# says: "not blocked in this run"

# %% answer="transfer"
no_Ca, no_Na = CHANNELS, dict(CHANNELS, gNa_soma=0.0)
runs = {
    "Na spike, outward": (no_Ca, 0.01, SOMA, TIP),
    "Ca spike, outward": (no_Na, 0.01, SOMA, TIP),
    "inward, no Ca": (dict(CHANNELS, p_T=0.0), 0.005, TIP, SOMA),
    "inward, uniform": (CHANNELS, 0.005, TIP, SOMA),
    "Na spike, dendritic channels": (dict(no_Ca, **DENDRITIC), 0.01, SOMA, TIP),
}
transfer = {}
for key, (channels, weight, start, end) in runs.items():
    t_ms, v_mV = simulate(TREE, channels, weight, start, [start, end], 100.0)
    peaks = v_mV.max(axis=1) - v_mV[:, 0]
    transfer[key] = peaks[1] / peaks[0]
