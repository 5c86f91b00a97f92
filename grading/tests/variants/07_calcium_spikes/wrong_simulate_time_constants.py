# Exchanges rise and decay of the synapse.
# fails: test_simulate
# says: "exchanged"

# %% answer="simulate"
def simulate(tree, channels, weight_uS, synapse_at, places, t_stop_ms):
    cell = grow(tree, channels)
    synapse = h.Exp2Syn(cell[synapse_at[0]](synapse_at[1]))
    synapse.tau1, synapse.tau2, synapse.e = 3, 1, 0
    stimulus = h.NetStim()
    stimulus.number, stimulus.start = 1, 10
    connection = h.NetCon(stimulus, synapse)
    connection.delay, connection.weight[0] = 0, weight_uS
    t = h.Vector().record(h._ref_t)
    traces = [h.Vector().record(cell[name](x)._ref_v) for name, x in places]
    settle()
    h.continuerun(t_stop_ms)
    return np.array(t), np.array([np.array(trace) for trace in traces])
