# A fixed number of halvings, recursion, spikes as NEURON's own vectors turned into lists.
# passes: all

# %% answer="rebound_factor"
def rebound_factor(conductances, amp_pA):
    low, high = 1.0, 2.0
    for _ in range(8):
        middle = 0.5 * (low + high)
        spikes_ms = run({**conductances, "CaT": middle * conductances["CaT"]}, amp_pA)["spikes_ms"]
        if len(spikes_ms) and spikes_ms[-1] >= OFF_MS:
            high = middle
        else:
            low = middle
    return 0.5 * (low + high)


# %% answer="ring"
def ring(n_cells, weight_uS, delay_ms, tau_ms, tstop_ms):
    cells = [BallAndStick() for _ in range(n_cells)]
    synapses, wires = [], []
    for cell in cells:
        synapse = h.ExpSyn(0.5, sec=cell.dend)
        synapse.tau, synapse.e = tau_ms, 0
        synapses.append(synapse)
    ids, times = h.Vector(), h.Vector()
    for source in range(n_cells):
        target = 0 if source == n_cells - 1 else source + 1
        wire = h.NetCon(cells[source].soma(0.5)._ref_v, synapses[target], sec=cells[source].soma)
        wire.weight[0] = weight_uS
        wire.delay = delay_ms
        wire.threshold = 10
        wire.record(times, ids, source)
        wires.append(wire)
    stimulus = h.NetStim()
    stimulus.interval, stimulus.number, stimulus.start = 1e9, 1, 9
    wires.append(h.NetCon(stimulus, synapses[0], 0, 1, 0.04))
    h.celsius = 6.3
    h.tstop, h.v_init, h.dt, h.steps_per_ms = tstop_ms, -65, 0.025, 40
    h.run()
    return [[t for t, i in zip(times, ids) if i == source] for source in range(n_cells)]


# %% answer="critical_weight"
def critical_weight(n_cells, delay_ms, tau_ms, low=0.001, high=0.02):
    if high <= 1.01 * low:
        return low
    middle = (low * high) ** 0.5
    alive = [t for times in ring(n_cells, middle, delay_ms, tau_ms, 100.0) for t in times if t > 50]
    if alive:
        return critical_weight(n_cells, delay_ms, tau_ms, low, middle)
    return critical_weight(n_cells, delay_ms, tau_ms, middle, high)


# %% answer="lap_time"
def lap_time(spikes_ms):
    import itertools

    laps = list(itertools.chain.from_iterable(np.diff(np.asarray(times, dtype=float)) for times in spikes_ms))
    return None if not laps else np.mean(laps)
