# NEURON without LFPy: currents from use_fast_imem, geometry from the points.
# passes: all

# %% answer="simulate"
def simulate(name, input_um, weight_uS, spiking=False):
    sections, _ = build(name, spiking)
    segments = [segment for section in sections.values() for segment in section]
    start, end = [], []
    for (_, _, _, first, last, _), section in zip(CELLS[name], sections.values()):
        first, step = np.array(first, float), (np.array(last, float) - first) / section.nseg
        start += [first + k * step for k in range(section.nseg)]
        end += [first + (k + 1) * step for k in range(section.nseg)]
    start, end = np.array(start), np.array(end)
    nearest = np.linalg.norm((start + end) / 2 - np.array(input_um), axis=1).argmin()
    synapse = h.ExpSyn(segments[nearest])
    synapse.tau, synapse.e = SYNAPSE["tau"], SYNAPSE["e"]
    stimulus = h.NetStim()
    stimulus.number, stimulus.start, stimulus.noise = 1, RUN["t_input_ms"], 0
    connection = h.NetCon(stimulus, synapse, 0, 0, weight_uS)
    solver = h.CVode()
    solver.active(False)
    solver.use_fast_imem(True)
    currents = [h.Vector().record(segment._ref_i_membrane_) for segment in segments]
    h.celsius, h.dt = 6.3, RUN["dt_ms"]
    h.finitialize(MEMBRANE["rest_mV"])
    h.continuerun(RUN["t_stop_ms"])
    del connection
    currents = np.array([np.array(vector) for vector in currents])[:, 1:]
    return h.dt * np.arange(1, currents.shape[1] + 1), start, end, currents


# %% answer="dipole_potential"
def dipole_potential(p, place_um, electrodes_um, sigma):
    result = []
    for electrode in electrodes_um:
        R = electrode - place_um
        cos = np.dot(p, R) / np.sqrt(p @ p) / np.sqrt(R @ R)
        result.append(np.sqrt(p @ p) * cos / (4 * np.pi * sigma * (R @ R)))
    return result
