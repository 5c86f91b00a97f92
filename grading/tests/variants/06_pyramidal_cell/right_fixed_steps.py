# Fixed steps of 0.05 ms in place of the variable step.
# passes: all

# %% answer="epsp"
def epsp(membrane, distance_um, t_stop_ms):
    neuron = passive_cell(membrane)
    section, x = place_at(distance_um)
    syn = h.ExpSyn(x, sec=neuron[section])
    syn.tau = SYNAPSE["tau_ms"]
    syn.e = SYNAPSE["e_mV"]
    events = h.NetStim()
    events.number = 1
    events.start = SYNAPSE["start_ms"]
    link = h.NetCon(events, syn, 0, 0, SYNAPSE["weight_uS"])
    times, here, soma = h.Vector(), h.Vector(), h.Vector()
    times.record(h._ref_t)
    here.record(syn.get_segment()._ref_v)
    soma.record(neuron["soma"](0.5)._ref_v)
    h.cvode.active(False)
    h.secondorder, h.dt, h.steps_per_ms = 0, 0.05, 20
    h.finitialize(membrane["e_pas"])
    h.continuerun(t_stop_ms)
    assert link.valid()
    return times.to_python(), [here.to_python(), soma.to_python()]
