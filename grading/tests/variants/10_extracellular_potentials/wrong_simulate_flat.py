# Looks for the segment with x and z alone, as if the cells were flat.
# fails: test_simulate
# says: "largest and smallest current"

# %% answer="simulate"
def simulate(name, input_um, weight_uS, spiking=False):
    h.celsius = 6.3
    sections, morphology = build(name, spiking)
    cell = LFPy.Cell(
        morphology,
        delete_sections=False,
        nsegs_method=None,
        v_init=MEMBRANE["rest_mV"],
        dt=RUN["dt_ms"],
        tstop=RUN["t_stop_ms"],
    )
    x, y, z = input_um
    synapse = LFPy.Synapse(cell, idx=cell.get_closest_idx(x=x, z=z), weight=weight_uS, **SYNAPSE)
    synapse.set_spike_times(np.array([RUN["t_input_ms"]]))
    cell.simulate(rec_imem=True)
    start, end = [np.column_stack([cell.x[:, k], cell.y[:, k], cell.z[:, k]]) for k in (0, 1)]
    t_ms, currents_nA = cell.tvec[1:], cell.imem[:, 1:]
    cell.strip_hoc_objects()
    return t_ms, start, end, currents_nA
