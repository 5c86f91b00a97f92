# Each run written out, windows by index.
# passes: all

# %% answer="summation"
def peak(t, trace, start):
    low, high = np.searchsorted(t, [start, start + 40])
    return np.max(trace[low:high]) - trace[0]


places, inputs = (
    [SOMA, place_at(700)],
    [(place_at(700), 20, 0.003), (place_at(700), 60, 0.003), (place_at(700), 100, 0.003)],
)
summation = {}
t, v = respond(passive_cell(PASSIVE), places, 150.0, synapses=inputs)
summation["passive, soma"] = peak(t, v[0], 100) / peak(t, v[0], 20)
summation["passive, synapse"] = peak(t, v[1], 100) / peak(t, v[1], 20)
t, v = respond(active_cell(), places, 150.0, synapses=inputs)
summation["active, soma"] = peak(t, v[0], 100) / peak(t, v[0], 20)
summation["active, synapse"] = peak(t, v[1], 100) / peak(t, v[1], 20)


# %% answer="backpropagation"
def left_at_600(*blocked):
    t, v = respond(
        active_cell([("apical", name) for name in blocked]), [place_at(600), SOMA], 50.0, pulses=[(SOMA, 10, 2, 5)]
    )
    return np.ptp(np.append(v[0, 0], v[0].max())) / (v[1].max() - v[1, 0])


backpropagation = {
    "no dendritic Ca": left_at_600("Ca_LVAst", "Ca_HVA"),
    "no dendritic Na": left_at_600("NaTa_t"),
    "control": left_at_600(),
}
