# Leaves the ring open: the last neuron has no successor.
# fails: test_ring, test_critical_weight
# says: "the first 1 are right"

# %% answer="ring"
def ring(n_cells, weight_uS, delay_ms, tau_ms, tstop_ms):
    cells = [BallAndStick() for _ in range(n_cells)]
    synapses = [h.ExpSyn(cell.dend(0.5)) for cell in cells]
    connections, spikes = [], []
    for synapse in synapses:
        synapse.tau = tau_ms
    for i, cell in enumerate(cells):
        connection = h.NetCon(cell.soma(0.5)._ref_v, synapses[i + 1] if i + 1 < n_cells else None, sec=cell.soma)
        connection.threshold, connection.delay, connection.weight[0] = 10, delay_ms, weight_uS
        times = h.Vector()
        connection.record(times)
        connections.append(connection)
        spikes.append(times)
    starter = h.NetStim()
    starter.number, starter.start = 1, 9
    start = h.NetCon(starter, synapses[0])
    start.delay, start.weight[0] = 1, 0.04
    h.celsius = 6.3
    h.dt = 0.025
    h.finitialize(-65)
    h.continuerun(tstop_ms)
    return [np.array(list(times)) for times in spikes]
