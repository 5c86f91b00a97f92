# Tries currents in steps of 0.05 nA.
# fails: test_threshold_current
# says: "too large"

# %% answer="threshold_current"
def threshold_current(cell, x_um):

    def spikes(I_nA):
        neuron = build(cell)
        neuron.soma.uninsert("pas")
        neuron.soma.insert("hh")
        clamp = h.IClamp(neuron.dend(x_um / cell["length_um"]))
        clamp.delay, clamp.dur, clamp.amp = 0, PULSE_MS, I_nA
        v = h.Vector().record(neuron.soma(0.5)._ref_v)
        run(20, 0.025)
        return v.max() > 0

    I_nA = 0.05
    while not spikes(I_nA):
        I_nA += 0.05
    return I_nA
