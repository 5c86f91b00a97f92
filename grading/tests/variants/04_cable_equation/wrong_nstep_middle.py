# Clamps at the end but records in the middle.
# fails: test_neuron_step
# says: "the ends are sec(0) and sec(1)"

# %% answer="neuron_step"
def neuron_step(d_um, length_um, R_m, R_a, C_m, I_nA, nseg, dt_ms, t_ms):
    sec = h.Section(name="cable")
    sec.L, sec.diam, sec.Ra, sec.cm, sec.nseg = length_um, d_um, R_a, C_m, nseg
    sec.insert("pas")
    sec.g_pas, sec.e_pas = 1 / R_m, -65
    clamp = h.IClamp(sec(0))
    clamp.delay, clamp.dur, clamp.amp = 0, 1e9, I_nA
    traces = [h.Vector().record(sec(x)._ref_v) for x in (0.5, 0.5)]
    h.dt = dt_ms
    h.finitialize(-65)
    h.continuerun(t_ms[-1])
    samples = np.rint(np.asarray(t_ms) / dt_ms).astype(int)
    return np.array([trace.as_numpy()[samples] + 65 for trace in traces])
