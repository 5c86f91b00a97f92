# Threshold looked at before the step instead of after it, state kept in scalars, 0-d arrays returned.
# passes: all

# %% answer="rheobase"
def rheobase(cell):
    return np.array((cell["V_th_mV"] - cell["E_L_mV"]) * 1e-3 / (cell["R_MOhm"] * 1e6) * 1e12)


# %% answer="simulate"
def simulate(I_pA, dt_ms, cell):
    tau, R, E_L = cell["tau_ms"], cell["R_MOhm"] * 1e-3, cell["E_L_mV"]
    a = dt_ms / tau
    n = len(I_pA)
    V_mV = np.full(n, cell["V_reset_mV"])
    spike_times = np.array([])
    v, k = E_L, 0
    V_mV[0] = v
    while k < n - 1:
        v = (1 - a) * v + a * (E_L + R * I_pA[k])
        k += 1
        if v < cell["V_th_mV"]:
            V_mV[k] = v
        else:
            spike_times = np.append(spike_times, k * dt_ms)
            v = cell["V_reset_mV"]
            k += int(np.rint(cell["t_ref_ms"] / dt_ms))
    return V_mV, spike_times


# %% answer="firing_rate"
def firing_rate(spike_times_ms):
    intervals_s = np.diff(np.asarray(spike_times_ms) / 1e3)
    return np.array(1.0 / intervals_s.mean()) if intervals_s.size else np.array(0.0)


# %% answer="sd_ratio"
sd_ratio = np.array([0.499])
