# Counts the distance from the tip.
# fails: test_epsp_at_soma
# says: "counted from the tip"

# %% answer="epsp_at_soma"
def epsp_at_soma(cell, x_um, t_ms):
    dt_ms = 0.025
    neuron = build(cell)
    synapse = h.AlphaSynapse(neuron.dend(1 - x_um / cell["length_um"]))
    synapse.onset, synapse.tau = 0, SYNAPSE["tau_ms"]
    synapse.gmax, synapse.e = SYNAPSE["g_max_uS"], SYNAPSE["e_mV"]
    v = h.Vector().record(neuron.soma(0.5)._ref_v)
    run(t_ms[-1] + dt_ms, dt_ms)
    V_mV = np.array(v) + 65
    return np.interp(t_ms, dt_ms * np.arange(len(V_mV)), V_mV)
