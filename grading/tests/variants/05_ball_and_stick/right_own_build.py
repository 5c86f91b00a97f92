# Builds each neuron in Python, Crank-Nicolson in place of backward Euler, another search for the threshold.
# passes: all

# %% answer="epsp_at_soma"
def neuron_in_python(cell, spiking=False):
    soma, dend = h.Section(name="soma"), h.Section(name="dend")
    dend.connect(soma(1))
    soma.L = soma.diam = cell["soma_um"]
    dend.L, dend.diam, dend.nseg = cell["length_um"], cell["d_um"], 121
    for sec in (soma, dend):
        sec.Ra, sec.cm = cell["R_a"], cell["C_m"]
        if spiking and sec == soma:
            sec.insert("hh")
        else:
            sec.insert("pas")
            sec.g_pas, sec.e_pas = 1 / cell["R_m"], -65
    return soma, dend


def epsp_at_soma(cell, x_um, t_ms):
    soma, dend = neuron_in_python(cell)
    synapse = h.AlphaSynapse(dend(x_um / cell["length_um"]))
    synapse.onset, synapse.tau, synapse.gmax, synapse.e = [0] + [SYNAPSE[k] for k in ("tau_ms", "g_max_uS", "e_mV")]
    h.secondorder, h.dt = 2, 0.02
    h.finitialize(-65)
    t, V = [0.0], [0.0]
    while h.t < t_ms[-1]:
        h.fadvance()
        t.append(h.t)
        V.append(soma(0.5).v + 65)
    return np.interp(t_ms, t, V)


# %% answer="threshold_current"
def threshold_current(cell, x_um):
    def makes_spike(I_nA):
        soma, dend = neuron_in_python(cell, spiking=True)
        clamp = h.IClamp(dend(x_um / cell["length_um"]))
        clamp.dur, clamp.amp = PULSE_MS, I_nA
        h.secondorder, h.dt, h.celsius = 2, 0.02, 6.3
        h.finitialize(-65)
        while h.t < 20:
            h.fadvance()
            if soma(0.5).v > 0:
                return True
        return False

    I_nA, factor = 0.01, 2.0
    while factor > 1.003:
        while not makes_spike(I_nA * factor):
            I_nA *= factor
        factor **= 0.5
    return [I_nA * factor][0]
