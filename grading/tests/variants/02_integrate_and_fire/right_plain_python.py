# No NumPy inside: lists, loops and the math module; lists come back.
# passes: all

# %% answer="rheobase"
def rheobase(cell):
    resistance_gigaohm = cell["R_MOhm"] / 1000
    return (cell["V_th_mV"] - cell["E_L_mV"]) / resistance_gigaohm


# %% answer="analytic_rate"
def analytic_rate(I_pA, cell):
    import math

    if np.ndim(I_pA) > 0:
        return [analytic_rate(one, cell) for one in I_pA]
    above = cell["E_L_mV"] + cell["R_MOhm"] * float(I_pA) / 1000 - cell["V_th_mV"]
    if above <= 0:
        return 0
    step = cell["V_th_mV"] - cell["V_reset_mV"]
    return 1000 / (cell["t_ref_ms"] + cell["tau_ms"] * math.log(1 + step / above))


# %% answer="simulate"
def simulate(I_pA, dt_ms, cell):
    v = cell["E_L_mV"]
    trace, times = [v], []
    free_from = 0
    for k, current in enumerate(list(I_pA)[:-1]):
        if k < free_from:
            v = cell["V_reset_mV"]
        else:
            slope = (cell["E_L_mV"] - v + cell["R_MOhm"] * current / 1000) / cell["tau_ms"]
            v = v + slope * dt_ms
            if v >= cell["V_th_mV"]:
                v = cell["V_reset_mV"]
                times.append(dt_ms * (k + 1))
                free_from = k + 1 + int(cell["t_ref_ms"] / dt_ms + 0.5)
        trace.append(v)
    return trace, times


# %% answer="firing_rate"
def firing_rate(spike_times_ms):
    times = list(spike_times_ms)
    return 1000 * (len(times) - 1) / (times[-1] - times[0]) if len(times) >= 2 else 0


# %% answer="fi_curve"
def fi_curve(currents_pA, dt_ms, duration_ms, cell):
    return [
        firing_rate(simulate([current] * int(round(duration_ms / dt_ms)), dt_ms, cell)[1]) for current in currents_pA
    ]


# %% answer="convergence_order"
def convergence_order(steps_ms, errors):
    import math

    x = [math.log10(step) for step in steps_ms]
    y = [math.log10(error) for error in errors]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    above = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y))
    return above / sum((a - mean_x) ** 2 for a in x)


# %% answer="sd_ratio"
sd_ratio = 1 / 2


# %% answer="cv_isi"
def cv_isi(spike_times_ms):
    import statistics

    times = [float(t) for t in spike_times_ms]
    intervals = [b - a for a, b in zip(times, times[1:])]
    return statistics.stdev(intervals) / statistics.mean(intervals)
