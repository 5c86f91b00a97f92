# Exchanges the rows.
# fails: test_epsp
# says: "rows are exchanged"

# %% answer="epsp"
def epsp(membrane, distance_um, t_stop_ms):
    cell = passive_cell(membrane)
    name, x = place_at(distance_um)
    synapse = h.ExpSyn(cell[name](x))
    synapse.tau, synapse.e = SYNAPSE["tau_ms"], SYNAPSE["e_mV"]
    stimulus = h.NetStim()
    stimulus.number, stimulus.start = 1, SYNAPSE["start_ms"]
    connection = h.NetCon(stimulus, synapse)
    connection.delay, connection.weight[0] = 0, SYNAPSE["weight_uS"]
    t = h.Vector().record(h._ref_t)
    traces = [h.Vector().record(cell[name](x)._ref_v) for name, x in (SOMA, (name, x))]
    run(t_stop_ms)
    return np.array(t), np.array([np.array(trace) for trace in traces])
