# Input resistance from a long current step, the step response by single steps, rest at 0 mV.
# passes: all

# %% answer="neuron_input_resistance"
def neuron_input_resistance(d_um, length_um, R_m, R_a, nseg):
    cable = h.Section()
    cable.diam, cable.L = d_um, length_um
    cable.nseg = int(nseg)
    cable.Ra = R_a
    cable.insert("pas")
    for seg in cable:
        seg.pas.g, seg.pas.e = 1.0 / R_m, 0.0
    clamp = h.IClamp(cable(0))
    clamp.dur, clamp.amp = 1e9, 0.01
    h.dt = 1.0
    h.finitialize(0)
    while h.t < 20e-3 * R_m:
        h.fadvance()
    return cable(0).v / 0.01


# %% answer="neuron_step"
def neuron_step(d_um, length_um, R_m, R_a, C_m, I_nA, nseg, dt_ms, t_ms):
    cable = h.Section()
    cable.diam, cable.L, cable.nseg, cable.Ra, cable.cm = d_um, length_um, int(nseg), R_a, C_m
    cable.insert("pas")
    for seg in cable:
        seg.pas.g, seg.pas.e = 1.0 / R_m, 0.0
    clamp = h.IClamp(cable(0))
    clamp.dur, clamp.amp = 1e9, I_nA
    h.dt = dt_ms
    h.finitialize(0)
    near, far = [], []
    for t in t_ms:
        while h.t < t - dt_ms / 2:
            h.fadvance()
        near.append(cable(0).v)
        far.append(cable(1).v)
    return near, far
