# A fit without a search in three dimensions: for each tau the other two by linear least squares. Sums by matrix product.
# passes: all

# %% answer="window_rates"
def window_rates(raster, start_ms, stop_ms, dt_ms):
    bins = np.arange(raster.shape[1])
    window = (bins >= start_ms / dt_ms) * (bins < stop_ms / dt_ms)
    return raster.astype(int) @ window * 1000.0 / (stop_ms - start_ms)


# %% answer="smoothed_rate"
def smoothed_rate(spike_times_ms, t_ms, sigma_ms):
    table = np.exp(-0.5 * (np.subtract.outer(t_ms, spike_times_ms) / sigma_ms) ** 2)
    return table @ np.ones(len(spike_times_ms)) * 1000 / np.sqrt(2 * np.pi * sigma_ms**2)


# %% answer="fit_decay"
def fit_decay(t_ms, V_mV):
    from scipy.optimize import minimize_scalar

    def solve(log_tau):
        table = np.column_stack([np.ones(len(t_ms)), np.exp(-t_ms / np.exp(log_tau))])
        values = np.linalg.lstsq(table, V_mV, rcond=None)[0]
        return values, np.sum((table @ values - V_mV) ** 2)

    span = np.log(t_ms[-1])
    best = minimize_scalar(lambda x: solve(x)[1], bounds=(span - 3.5, span), method="bounded", options={"xatol": 1e-9})
    V_inf, A = solve(best.x)[0]
    return {"values": [V_inf, A, np.exp(best.x)]}["values"]


# %% answer="population_rate"
def population_rate(raster, dt_ms):
    return raster.mean() / (1e-3 * dt_ms)
