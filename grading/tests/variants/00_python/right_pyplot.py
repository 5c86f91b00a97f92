# The pyplot interface; returns the axes, which belong to the figure; keeps the list but empties it first.
# passes: all

# %% answer="spike_times_of"
def spike_times_of(raster, neuron, dt_ms):
    places = np.argwhere(raster[neuron, :] == True)  # noqa: E712, as beginners write it
    return places[:, 0] * float(dt_ms)


# %% answer="window_rates"
def window_rates(raster, start_ms, stop_ms, dt_ms):
    part = raster[:, int(start_ms / dt_ms) : int(stop_ms / dt_ms)]
    n_spikes = np.array([np.count_nonzero(row) for row in part])
    return n_spikes / (part.shape[1] * dt_ms) * 1000


# %% answer="plot_fit"
def plot_fit(t_ms, V_mV, V_inf_mV, A_mV, tau_ms):
    plt.figure()
    plt.plot(t_ms, V_mV, ".", t_ms, V_inf_mV + A_mV * np.exp(-t_ms / tau_ms), "-k")
    plt.legend(["measured", "fitted"])
    plt.xlabel("time (ms)")
    plt.ylabel("membrane potential V (mV)")
    plt.grid()
    return plt.gca()


# %% answer="population_rate"
def population_rate(raster, dt_ms):
    duration_s = raster.shape[1] * dt_ms / 1000
    rates = []
    for row in raster:
        rates.append(np.sum(row) / duration_s)
    return np.mean(rates)


# %% answer="burst_starts"
all_starts = []


def burst_starts(spike_times_ms, max_isi_ms):
    all_starts.clear()
    in_burst = False
    for first, second in zip(spike_times_ms[:-1], spike_times_ms[1:]):
        if second - first <= max_isi_ms:
            if not in_burst:
                all_starts.append(first)
            in_burst = True
        else:
            in_burst = False
    return all_starts
