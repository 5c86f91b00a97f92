# Builds the cell once and keeps it: later calls change nothing.
# fails: test_charging_curve_again
# says: "build every section anew inside"

# %% answer="charging_curve"
soma, dend = h.Section(name="soma"), h.Section(name="dend")
dend.connect(soma(1))
soma.L = soma.diam = CELL["soma_um"]
dend.L, dend.diam, dend.nseg = CELL["length_um"], CELL["d_um"], 51
for sec in (soma, dend):
    sec.Ra, sec.cm = CELL["R_a"], CELL["C_m"]
    sec.insert("pas")
    sec.g_pas, sec.e_pas = 1 / CELL["R_m"], -65


def charging_curve(cell, I_nA, t_ms):
    dt_ms = 0.025
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 0, 1e9, I_nA
    v = h.Vector().record(soma(0.5)._ref_v)
    run(t_ms[-1] + dt_ms, dt_ms)
    V_mV = np.array(v) + 65
    return np.interp(t_ms, dt_ms * np.arange(len(V_mV)), V_mV)
