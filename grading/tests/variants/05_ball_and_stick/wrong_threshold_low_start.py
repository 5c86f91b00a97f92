# Looks for the threshold above 0.1 nA only.
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

    low, high = 0.1, 0.2
    while not spikes(high):
        low, high = high, 2 * high
    while high - low > 0.004 * high:
        middle = (low + high) / 2
        low, high = (low, middle) if spikes(middle) else (middle, high)
    return (low + high) / 2
