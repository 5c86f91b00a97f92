# An event put into the queue in place of a NetStim, interpolated spike times.
# passes: all

# %% answer="simulate"
def simulate(tree, channels, weight_uS, synapse_at, places, t_stop_ms):
    cell = grow(tree, channels)
    synapse = h.Exp2Syn(cell[synapse_at[0]](synapse_at[1]))
    synapse.tau1, synapse.tau2 = 1, 3
    connection = h.NetCon(None, synapse)
    connection.weight[0] = weight_uS
    rows = [h.Vector().record(cell[name](x)._ref_v) for name, x in places]
    clock = h.Vector().record(h._ref_t)
    settle()
    connection.event(10.0)
    h.continuerun(t_stop_ms)
    return clock.as_numpy().copy(), np.vstack([row.as_numpy() for row in rows])


# %% answer="spike_times"
def spike_times(t_ms, v_mV, level_mV=0.0):
    t, v = np.asarray(t_ms, dtype=float), np.asarray(v_mV, dtype=float)
    k = np.flatnonzero((v[:-1] < level_mV) & (v[1:] >= level_mV))
    return t[k] + (t[k + 1] - t[k]) * (level_mV - v[k]) / (v[k + 1] - v[k])
