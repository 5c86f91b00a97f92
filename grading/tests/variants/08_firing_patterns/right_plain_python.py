# Plain Python: lists, loops and own counters in place of arrays.
# passes: all

# %% answer="spike_features"
def spike_features(spikes_ms, on_ms, off_ms):
    during, after = [], []
    for spike in spikes_ms:
        if on_ms <= spike < off_ms:
            during.append(spike)
        elif spike >= off_ms:
            after.append(spike)
    found = dict.fromkeys(["latency_ms", "last_spike_ms", "first_isi_ms", "last_isi_ms", "rebound_isi_ms"])
    found.update(spikes=len(during), rebound_spikes=len(after))
    if during:
        found.update(latency_ms=during[0] - on_ms, last_spike_ms=during[-1] - on_ms)
    if len(during) > 1:
        found.update(first_isi_ms=during[1] - during[0], last_isi_ms=during[-1] - during[-2])
    if len(after) > 1:
        found["rebound_isi_ms"] = after[1] - after[0]
    return found


# %% answer="sag_ratio"
def sag_ratio(t_ms, V_mV, on_ms, off_ms):
    def values(start, stop):
        return [V for t, V in zip(t_ms, V_mV) if start <= t < stop]

    base, end = values(on_ms - 50, on_ms), values(off_ms - 50, off_ms)
    base, end, lowest = sum(base) / len(base), sum(end) / len(end), min(values(on_ms, off_ms))
    return 1 - (base - end) / (base - lowest)


# %% answer="knock_outs"
def knock_outs(conductances, amp_pA):
    counts = {}
    for name in conductances:
        blocked = conductances.copy()
        blocked[name] = 0
        counts[name] = 0
        for spike in run(blocked, amp_pA)["spikes_ms"]:
            if ON_MS <= spike < OFF_MS:
                counts[name] += 1
    return counts


# %% answer="fi_curve"
def fi_curve(conductances, amps_pA):
    initial, steady = [], []
    for amp_pA in amps_pA:
        spikes = [t for t in run(conductances, amp_pA)["spikes_ms"] if ON_MS <= t < OFF_MS]
        initial.append(1e3 / (spikes[1] - spikes[0]) if len(spikes) > 1 else 0)
        steady.append(1e3 / (spikes[-1] - spikes[-2]) if len(spikes) > 1 else 0)
    return [initial, steady]


# %% answer="lap_time"
def lap_time(spikes_ms):
    total, laps = 0.0, 0
    for times in spikes_ms:
        for k in range(1, len(times)):
            total += times[k] - times[k - 1]
            laps += 1
    if laps == 0:
        return None
    return total / laps
