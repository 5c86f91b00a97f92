# Finds the step with searchsorted and slices; counts samples for the windows; padding for missing values.
# passes: all

# %% answer="spike_features"
def spike_features(spikes_ms, on_ms, off_ms):
    start, stop = np.searchsorted(spikes_ms, [on_ms, off_ms])
    during, after = spikes_ms[start:stop], spikes_ms[stop:]

    def item(values, k):
        try:
            return float(values[k])
        except IndexError:
            return None

    return {
        "spikes": during.size,
        "rebound_spikes": after.size,
        "latency_ms": item(during - on_ms, 0),
        "last_spike_ms": item(during - on_ms, -1),
        "first_isi_ms": item(during[1:] - during[:-1], 0),
        "last_isi_ms": item(during[1:] - during[:-1], -1),
        "rebound_isi_ms": item(after[1:] - after[:-1], 0),
        "mean_isi_ms": None,
    }


# %% answer="sag_ratio"
def sag_ratio(t_ms, V_mV, on_ms, off_ms):
    dt = t_ms[1] - t_ms[0]
    on, off, window = int(round(on_ms / dt)), int(round(off_ms / dt)), int(round(50 / dt))
    base = np.mean(V_mV[on - window : on])
    end = np.mean(V_mV[off - window : off])
    lowest = np.min(V_mV[on:off])
    return (lowest - end) / (lowest - base)


# %% answer="fi_curve"
def fi_curve(conductances, amps_pA):
    columns = []
    for amp_pA in amps_pA:
        spikes_ms = run(conductances, float(amp_pA))["spikes_ms"]
        start, stop = np.searchsorted(spikes_ms, [ON_MS, OFF_MS])
        if stop - start < 2:
            columns.append((0.0, 0.0))
        else:
            gaps = np.diff(spikes_ms[start:stop])
            columns.append(tuple(1000 / gaps[[0, -1]]))
    return np.array(columns).T


# %% answer="lap_time"
def lap_time(spikes_ms):
    spans = [times[-1] - times[0] for times in spikes_ms if len(times)]
    laps = sum(len(times) - 1 for times in spikes_ms if len(times))
    return float(np.sum(spans) / laps) if laps > 0 else None
