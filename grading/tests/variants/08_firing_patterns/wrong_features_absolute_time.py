# Gives the time of the first spike from the start of the simulation.
# fails: test_spike_features
# says: "subtract on_ms"

# %% answer="spike_features"
def spike_features(spikes_ms, on_ms, off_ms):
    spikes_ms = np.asarray(spikes_ms)
    during = spikes_ms[(spikes_ms >= on_ms) & (spikes_ms < off_ms)]
    after = spikes_ms[spikes_ms >= off_ms]
    intervals, after_intervals = np.diff(during), np.diff(after)
    return {
        "spikes": len(during),
        "latency_ms": during[0] if len(during) else None,
        "last_spike_ms": during[-1] - on_ms if len(during) else None,
        "first_isi_ms": intervals[0] if len(intervals) else None,
        "last_isi_ms": intervals[-1] if len(intervals) else None,
        "rebound_spikes": len(after),
        "rebound_isi_ms": after_intervals[0] if len(after_intervals) else None,
    }
