# Sets Ra of the soma only.
# fails: test_charging_curve, test_charging_curve_again
# says: "Ra is still"

# %% answer="charging_curve"
def charging_curve(cell, I_nA, t_ms):
    dt_ms = 0.025
    soma, dend = h.Section(name="soma"), h.Section(name="dend")
    dend.connect(soma(1))
    soma.L, soma.diam = cell["soma_um"], cell["soma_um"]
    dend.L, dend.diam, dend.nseg = cell["length_um"], cell["d_um"], 51
    for sec in (soma, dend):
        soma.Ra, sec.cm = cell["R_a"], cell["C_m"]
        sec.insert("pas")
        sec.g_pas, sec.e_pas = 1 / cell["R_m"], -65
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 0, 1e9, I_nA
    v = h.Vector().record(soma(0.5)._ref_v)
    run(t_ms[-1] + dt_ms, dt_ms)
    V_mV = np.array(v) + 65
    return np.interp(t_ms, dt_ms * np.arange(len(V_mV)), V_mV)
