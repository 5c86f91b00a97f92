# pandas, whose standard deviation has n - 1 below the line unless it is told otherwise.
# passes: all

# %% answer="zscore"
def zscore(counts):
    import pandas as pd

    table = pd.DataFrame(counts)
    spread = table.std(axis=1, ddof=0)
    return table.sub(table.mean(axis=1), axis=0).div(spread.where(spread > 0, 1.0), axis=0).to_numpy()


# %% answer="describe_train"
def describe_train(spike_times_ms):
    import pandas as pd

    isi = pd.Series(spike_times_ms).diff().dropna()
    return {"mean_isi_ms": isi.mean(), "rate_Hz": 1000 / isi.mean(), "cv": isi.std() / isi.mean()}


# %% answer="smoothed_rate"
def smoothed_rate(spike_times_ms, t_ms, sigma_ms):
    rates = [np.sum(np.exp(-0.5 * ((t - spike_times_ms) / sigma_ms) ** 2)) for t in t_ms]
    return 1e3 * np.array(rates) / sigma_ms / np.sqrt(2 * np.pi)


# %% answer="burst_starts"
def burst_starts(spike_times_ms, max_isi_ms):
    starts = []
    for k in range(1, len(spike_times_ms)):
        close = spike_times_ms[k] - spike_times_ms[k - 1] <= max_isi_ms
        close_before = k > 1 and spike_times_ms[k - 1] - spike_times_ms[k - 2] <= max_isi_ms
        if close and not close_before:
            starts.append(spike_times_ms[k - 1])
    return np.array(starts)
