# Other routines: least_squares with its Jacobian and Student's t, exponentials fitted by curve_fit, a Newton search, finer grids.
# passes: all

# %% answer="fit_charging"
def fit_charging(model, t_ms, V_mV, I_nA):
    from scipy.optimize import least_squares
    from scipy.stats import t as student

    curve, start, (low, high) = [MODELS[model][key] for key in ("curve", "start", "bounds")]
    t_ms, V_mV = np.asarray(t_ms), np.asarray(V_mV)
    found = least_squares(lambda p: I_nA * curve(t_ms, *p) - V_mV, start, bounds=(low, high), x_scale="jac")
    free = len(V_mV) - len(start)
    covariance = np.linalg.inv(found.jac.T @ found.jac) * 2 * found.cost / free
    return found.x, student.ppf(0.975, free) * np.diag(covariance) ** 0.5, -found.fun


# %% answer="peel"
def peel(t_ms, V_mV, V_final_mV, slow_ms, fast_ms):
    t, rest = np.array(t_ms), V_final_mV - np.array(V_mV)

    def exponential(t, tau, C):
        return C * np.exp(-t / tau)

    late = (t >= slow_ms[0]) & (t <= slow_ms[1])
    scale = rest[late].mean()
    (tau_0, C_0), _ = curve_fit(exponential, t[late], rest[late] / scale, p0=(t[late].mean() / 3, rest[0] / scale))
    C_0 = C_0 * scale
    rest = rest - exponential(t, tau_0, C_0)
    early = (t >= fast_ms[0]) & (t <= fast_ms[1])
    (tau_1, C_1), _ = curve_fit(exponential, t[early], rest[early], p0=(tau_0 / 5, rest[0]))
    return [tau_0, C_0, tau_1, C_1]


# %% answer="charging_curve"
def charging_curve(cell, I_nA, t_ms):
    soma, dend = h.Section(), h.Section()
    dend.connect(soma(0.5), 0)
    soma.L = soma.diam = cell["soma_um"]
    dend.L, dend.diam, dend.nseg = cell["length_um"], cell["d_um"], 151
    for sec in (soma, dend):
        sec.Ra, sec.cm = cell["R_a"], cell["C_m"]
        sec.insert("pas")
        for seg in sec:
            seg.pas.g, seg.pas.e = 1 / cell["R_m"], -65
    clamp = h.IClamp(soma(0.5))
    clamp.dur, clamp.amp = 1e6, I_nA
    t, v = h.Vector().record(h._ref_t, sec=soma), h.Vector().record(soma(0.5)._ref_v)
    run(max(t_ms) + 1, 0.0125)
    return np.interp(t_ms, np.array(t), np.array(v)) + 65
