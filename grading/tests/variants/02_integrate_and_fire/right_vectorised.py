# All currents at once, boolean masks, no call of simulate or firing_rate in fi_curve.
# passes: all

# %% answer="analytic_rate"
def analytic_rate(I_pA, cell):
    x = np.asarray(I_pA) * cell["R_MOhm"] * 1e-3 + cell["E_L_mV"]
    with np.errstate(divide="ignore", invalid="ignore"):
        climb = -cell["tau_ms"] * np.log1p(-(cell["V_th_mV"] - cell["V_reset_mV"]) / (x - cell["V_reset_mV"]))
        rate = 1e3 / (cell["t_ref_ms"] + climb)
    return np.where(x > cell["V_th_mV"], rate, 0.0)


# %% answer="fi_curve"
def fi_curve(currents_pA, dt_ms, duration_ms, cell):
    drive = cell["E_L_mV"] + 1e-3 * cell["R_MOhm"] * np.asarray(currents_pA, dtype=float)
    V = np.full(len(drive), cell["E_L_mV"])
    left = np.zeros(len(drive), dtype=int)
    count = np.zeros(len(drive), dtype=int)
    first = np.full(len(drive), np.nan)
    last = np.full(len(drive), np.nan)
    for k in range(1, round(duration_ms / dt_ms)):
        free = left == 0
        V = np.where(free, V + dt_ms / cell["tau_ms"] * (drive - V), cell["V_reset_mV"])
        left = np.maximum(left - 1, 0)
        spike = free & (V >= cell["V_th_mV"])
        V[spike] = cell["V_reset_mV"]
        left[spike] = round(cell["t_ref_ms"] / dt_ms)
        first[spike & (count == 0)] = k * dt_ms
        last[spike] = k * dt_ms
        count += spike
    rates = np.zeros(len(drive))
    several = count > 1
    rates[several] = 1e3 * (count[several] - 1) / (last[several] - first[several])
    return rates


# %% answer="convergence_order"
def convergence_order(steps_ms, errors):
    A = np.column_stack([np.log(steps_ms), np.ones(len(steps_ms))])
    return np.linalg.lstsq(A, np.log(errors), rcond=None)[0][0]


# %% answer="cv_isi"
def cv_isi(spike_times_ms):
    intervals = np.asarray(spike_times_ms)[1:] - np.asarray(spike_times_ms)[:-1]
    return np.sqrt(np.mean(intervals**2) / np.mean(intervals) ** 2 - 1)
