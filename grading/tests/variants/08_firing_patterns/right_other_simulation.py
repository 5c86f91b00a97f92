# Its own runs of the given neuron with a fixed time step; the ring step by step, with somatic potentials recorded.
# passes: all

# %% answer="resting_potential"
def resting_potential(conductances):
    soma = make_cell(conductances)
    h.celsius, h.dt = 36, 0.2
    h.finitialize(-75)
    while h.t < 1500:
        h.fadvance()
    return soma(0.5).v


# %% answer="ring"
def ring(n_cells, weight_uS, delay_ms, tau_ms, tstop_ms):
    cells = [BallAndStick() for i in range(n_cells)]
    everything, traces = [], []
    for i in range(n_cells):
        synapse = h.ExpSyn(cells[i].dend(0.5))
        synapse.tau = tau_ms
        before = cells[i - 1].soma
        wire = h.NetCon(before(0.5)._ref_v, synapse, 10, delay_ms, weight_uS, sec=before)
        everything += [synapse, wire]
        traces.append(h.Vector().record(cells[i].soma(0.5)._ref_v))
    kick = h.NetStim()
    kick.number, kick.start, kick.noise = 1, 9, 0
    first = h.NetCon(kick, everything[0])
    first.delay, first.weight[0] = 1, 0.04
    h.celsius, h.dt = 6.3, 0.025
    h.finitialize(-65)
    while h.t < tstop_ms:
        h.fadvance()
    found = []
    for trace in traces:
        V = np.array(trace)
        found.append(0.025 * (1 + np.flatnonzero((V[:-1] < 10) & (V[1:] >= 10))))
    return found


# %% answer="critical_weight"
def critical_weight(n_cells, delay_ms, tau_ms):
    low, high = 0.001, 0.02
    while high > 1.005 * low:
        middle = (low + high) / 2
        last = max(max(list(times) + [0]) for times in ring(n_cells, middle, delay_ms, tau_ms, 100))
        low, high = (low, middle) if last > 50 else (middle, high)
    return (low + high) / 2


# %% answer="rebound_factor"
def rebound_factor(conductances, amp_pA):
    def fires(factor):
        spikes_ms = run(dict(conductances, CaT=factor * conductances["CaT"]), amp_pA)["spikes_ms"]
        return len(spikes_ms[spikes_ms >= OFF_MS]) > 0

    answer, step = 1.0, 0.5
    while step > 0.003:
        if not fires(answer + step):
            answer += step
        step /= 2
    return answer + step
