# The same formulas in another order; a fixed point by a search for the last sign change.
# passes: all

# %% answer="stationary_rate"
def stationary_rate(network, neuron):
    rates_Hz = np.linspace(0.05, 1000 / neuron["t_ref"], 20000)
    out_Hz = siegert_rate(*input_moments(rates_Hz, network, neuron), neuron)
    above = np.flatnonzero(out_Hz > rates_Hz)
    if len(above) == 0:
        return 0.0
    k = above[-1]
    surplus = out_Hz - rates_Hz
    return rates_Hz[k] + (rates_Hz[k + 1] - rates_Hz[k]) * surplus[k] / (surplus[k] - surplus[k + 1])


# %% answer="scale_down"
def scale_down(network, fraction, rate_Hz, neuron):
    smaller = dict(network)
    for key in ("n_E", "n_I", "C_E", "C_I"):
        smaller[key] = int(round(network[key] * fraction))
    smaller["J_mV"] = network["J_mV"] * fraction**-0.5
    wanted_mV, _ = input_moments(rate_Hz, network, neuron)
    found_mV, _ = input_moments(rate_Hz, smaller, neuron)
    smaller["dc_mV"] += wanted_mV - found_mV
    return smaller


# %% answer="resting_weight"
def resting_weight(stdp):
    return (
        brentq(
            lambda x: (1 - x) ** stdp["mu"] * stdp["tau_plus"] - stdp["alpha"] * x ** stdp["mu"] * stdp["tau_minus"],
            0,
            1,
        )
        * stdp["Wmax"]
    )


# %% answer="population_spectrum"
def population_spectrum(times_ms, start_ms, stop_ms, bin_ms=1.0, segment_ms=100.0):
    m = round(segment_ms / bin_ms)
    index = np.floor((np.asarray(times_ms) - start_ms) / bin_ms).astype(int)
    number = int(np.floor((stop_ms - start_ms) / segment_ms + 1e-9))
    index = index[(index >= 0) & (index < m * number)]
    counts = np.bincount(index, minlength=m * number).reshape(number, m)
    power = np.abs(np.fft.fft(counts, axis=1)[:, : m // 2 + 1]) ** 2
    power[:, 0] = 0
    return np.fft.fftfreq(m, 1e-3 * bin_ms)[: m // 2 + 1] * np.where(np.arange(m // 2 + 1) == m / 2, -1, 1), power.mean(
        axis=0
    ) * number / counts.sum()
