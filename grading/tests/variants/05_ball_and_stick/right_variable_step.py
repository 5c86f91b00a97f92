# NEURON's variable time step; the covariance from derivatives taken by hand; the smooth curve through the samples.
# passes: all

# %% answer="charging_curve"
def charging_curve(cell, I_nA, t_ms):
    soma, dend = h.Section(name="soma"), h.Section(name="dend")
    dend.connect(soma(1))
    soma.L, soma.diam, dend.L, dend.diam = cell["soma_um"], cell["soma_um"], cell["length_um"], cell["d_um"]
    dend.nseg = 75
    for sec in soma.wholetree():
        sec.Ra, sec.cm = cell["R_a"], cell["C_m"]
        sec.insert("pas")
        sec.g_pas, sec.e_pas = 1 / cell["R_m"], -65
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 0, 1e9, I_nA
    t, v = h.Vector().record(h._ref_t, sec=soma), h.Vector().record(soma(0.5)._ref_v)
    h.cvode.active(True)
    h.cvode.atol(1e-5)
    h.finitialize(-65)
    h.continuerun(t_ms[-1] + 1)
    h.cvode.active(False)
    return np.interp(t_ms, t.as_numpy(), v.as_numpy() + 65)


# %% answer="epsp_at_soma"
def epsp_at_soma(cell, x_um, t_ms):
    neuron = build(cell, nseg=251)
    synapse = h.AlphaSynapse(x_um / cell["length_um"], sec=neuron.dend)
    synapse.onset, synapse.tau, synapse.gmax, synapse.e = 0, SYNAPSE["tau_ms"], SYNAPSE["g_max_uS"], 0
    t, v = h.Vector().record(h._ref_t, sec=neuron.soma), h.Vector().record(neuron.soma(0.5)._ref_v)
    h.cvode.active(True)
    h.cvode.atol(1e-4)
    h.finitialize(-65)
    h.continuerun(t_ms[-1] + 1)
    h.cvode.active(False)
    return list(np.interp(t_ms, np.array(t), np.array(v)) + 65)


# %% answer="fit_charging"
def fit_charging(model, t_ms, V_mV, I_nA):
    curve = MODELS[model]["curve"]
    V = np.asarray(V_mV) / I_nA  # for a current of 1 nA, in mV
    p, _ = curve_fit(curve, t_ms, V, p0=MODELS[model]["start"], bounds=MODELS[model]["bounds"])
    steps = 1e-4 * np.diag(p)
    J = np.array([(curve(t_ms, *(p + e)) - curve(t_ms, *(p - e))) / (2 * e.sum()) for e in steps]).T
    r = V - curve(t_ms, *p)
    covariance = np.linalg.inv(J.T @ J) * (r @ r) / (len(r) - len(p))
    return tuple(p), list(2 * np.sqrt(np.diag(covariance))), I_nA * r


# %% answer="epsp_features"
def epsp_features(t_ms, V_mV):
    t, V = np.array(t_ms), np.array(V_mV)
    above = V - V.max() / 2
    i = np.flatnonzero(above[:-1] * above[1:] < 0)
    times = t[i] - above[i] * (t[i + 1] - t[i]) / (above[i + 1] - above[i])
    return V.max(), times[-1] - times[0], times[0]
