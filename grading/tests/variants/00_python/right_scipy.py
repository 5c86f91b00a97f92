# SciPy's tools: normal density, z-score by transposing, least_squares for the fit, points by scatter.
# passes: all

# %% answer="window_rates"
def window_rates(raster, start_ms, stop_ms, dt_ms):
    time_ms = np.arange(raster.shape[1]) * dt_ms
    inside = (time_ms >= start_ms) & (time_ms < stop_ms)
    return raster[:, inside].mean(axis=1) / (dt_ms / 1000)


# %% answer="zscore"
def zscore(counts):
    columns = counts.T - counts.mean(axis=1)
    return np.nan_to_num(columns / np.where(np.ptp(counts, axis=1) > 0, counts.std(axis=1), np.inf)).T


# %% answer="smoothed_rate"
def smoothed_rate(spike_times_ms, t_ms, sigma_ms):
    from scipy.stats import norm

    return 1e3 * norm.pdf(t_ms.reshape(-1, 1), loc=spike_times_ms, scale=sigma_ms).sum(axis=-1)


# %% answer="fit_decay"
def fit_decay(t_ms, V_mV):
    from scipy.optimize import least_squares

    def residuals(p):
        return p[0] + p[1] * np.exp(-t_ms / p[2]) - V_mV

    start = [np.mean(V_mV[-5:]), np.mean(V_mV[:3]) - np.mean(V_mV[-5:]), t_ms[-1] / 5]
    return least_squares(residuals, start, x_scale=[1, 1, t_ms[-1]], xtol=1e-12, ftol=1e-12, gtol=1e-12).x


# %% answer="plot_fit"
def plot_fit(t_ms, V_mV, V_inf_mV, A_mV, tau_ms):
    fig, ax = plt.subplots(figsize=(5, 3))
    fine_ms = np.linspace(t_ms[0], t_ms[-1], 500)
    ax.plot(fine_ms, V_inf_mV + A_mV * np.exp(-fine_ms / tau_ms), "r--", label=f"fit, tau = {tau_ms:.1f} ms")
    ax.scatter(t_ms, V_mV, s=5, label="data")
    ax.set_xlabel("Time [ms]")
    ax.set_ylabel("Membrane potential [mV]")
    ax.set_title("Decay")
    fig.legend()
    ax.legend(loc="upper right")
    return fig, ax


# %% answer="spike_counts"
def spike_counts(spike_times_ms, edges_ms):
    return np.histogram(spike_times_ms, bins=edges_ms)[0]


# %% answer="burst_starts"
def burst_starts(spike_times_ms, max_isi_ms):
    times = np.asarray(spike_times_ms, dtype=float)
    short = np.diff(times) <= max_isi_ms
    before = np.concatenate([[False], short[:-1]]) if len(short) else short
    return times[:-1][short & ~before]
