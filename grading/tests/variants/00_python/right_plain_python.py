# No NumPy where it is not needed: lists and loops. One loop over the spikes, arrays inside, is fast as well.
# passes: all

# %% answer="spike_times_of"
def spike_times_of(raster, neuron, dt_ms):
    return [k * dt_ms for k, spike in enumerate(raster[neuron]) if spike]


# %% answer="window_rates"
def window_rates(raster, start_ms, stop_ms, dt_ms):
    rates = []
    for row in raster:
        n = 0
        for k, spike in enumerate(row):
            if spike and start_ms <= k * dt_ms < stop_ms:
                n += 1
        rates.append(n / ((stop_ms - start_ms) / 1000))
    return rates


# %% answer="zscore"
def zscore(counts):
    rows = []
    for row in counts:
        mean = sum(row) / len(row)
        sd = (sum((count - mean) ** 2 for count in row) / len(row)) ** 0.5
        rows.append([(count - mean) / sd if sd > 0 else 0 for count in row])
    return rows


# %% answer="describe_train"
def describe_train(spike_times_ms):
    import statistics

    isi = [float(b - a) for a, b in zip(spike_times_ms[:-1], spike_times_ms[1:])]
    mean = statistics.mean(isi)
    return {"n": len(isi), "mean_isi_ms": mean, "rate_Hz": 1000 / mean, "cv": statistics.stdev(isi) / mean}


# %% answer="smoothed_rate"
def smoothed_rate(spike_times_ms, t_ms, sigma_ms):
    total = np.zeros(len(t_ms))
    for spike_ms in spike_times_ms:
        total += np.exp(-((t_ms - spike_ms) ** 2) / (2 * sigma_ms**2))
    return list(1000 * total / (sigma_ms * math.sqrt(2 * math.pi)))


# %% answer="spike_counts"
def spike_counts(spike_times_ms, edges_ms):
    counts = [0] * (len(edges_ms) - 1)
    for spike_ms in spike_times_ms:
        for k in range(len(counts)):
            if spike_ms >= edges_ms[k] and spike_ms < edges_ms[k + 1]:
                counts[k] += 1
    return counts
