# Records the time too and interpolates; the transfer impedance of a place with itself; a short time step.
# passes: all

# %% answer="neuron_input_resistance"
def neuron_input_resistance(d_um, length_um, R_m, R_a, nseg):
    sec = h.Section(name="dend")
    sec.L, sec.diam, sec.nseg, sec.Ra, sec.cm = length_um, d_um, nseg, R_a, 0.5
    sec.insert("pas")
    sec.g_pas = 1 / R_m
    h.finitialize(-70)
    z = h.Impedance()
    z.loc(0, sec=sec)
    z.compute(0)
    return np.float64(z.transfer(0, sec=sec))


# %% answer="neuron_step"
def neuron_step(d_um, length_um, R_m, R_a, C_m, I_nA, nseg, dt_ms, t_ms):
    sec = h.Section(name="dend")
    sec.L, sec.diam, sec.nseg, sec.Ra, sec.cm = length_um, d_um, nseg, R_a, C_m
    sec.insert("pas")
    for seg in sec:
        seg.g_pas, seg.e_pas = 1 / R_m, -70
    clamp = h.IClamp(sec(0))
    clamp.delay, clamp.dur, clamp.amp = 0, 1000, I_nA
    time, near, far = h.Vector(), h.Vector(), h.Vector()
    time.record(h._ref_t)
    near.record(sec(0)._ref_v)
    far.record(sec(1)._ref_v)
    h.dt = dt_ms / 4
    h.finitialize(-70)
    h.continuerun(max(t_ms) + 1)
    return np.vstack([np.interp(t_ms, np.array(time), np.array(v)) for v in (near, far)]) + 70
