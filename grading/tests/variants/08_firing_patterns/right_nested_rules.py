# One return at the end; counts as NumPy numbers; names with other letters; a list of laps.
# passes: all

# %% answer="classify"
def classify(features):
    count, after = int(features["spikes"]), int(features["rebound_spikes"])
    stopped = count == 0 or features["last_spike_ms"] < 500
    if features["end_mV"] > -45 and stopped:
        name = "plateau"
    elif count == 0:
        if after == 0:
            name = "sag" if (features["sag_ratio"] or 0) >= 0.1 else "silent"
        elif after > 1 and features["rebound_isi_ms"] < 20:
            name = "rebound burst"
        else:
            name = "rebound spike"
    elif features["last_spike_ms"] < 150:
        name = "onset only"
    elif count > 1 and 2 * features["first_isi_ms"] < features["last_isi_ms"]:
        name = "burst then tonic"
    else:
        name = "tonic"
    return name


# %% answer="knock_outs"
def knock_outs(conductances, amp_pA):
    def count(name):
        spikes_ms = run({key: 0 if key == name else value for key, value in conductances.items()}, amp_pA)["spikes_ms"]
        return np.count_nonzero(np.logical_and(spikes_ms >= ON_MS, spikes_ms < OFF_MS))

    return {name: count(name) for name in conductances}


# %% answer="makers"
makers = dict(zip(["sharp spikes", "return to rest after a spike", "slow pace"], ["Na", "Kdr", "AHP"]))
makers["initial burst"] = "CaT"
makers["sag"] = "Ih"
makers["rebound"] = "CaT"


# %% answer="resting_potential"
def resting_potential(conductances):
    record = run(conductances, 0)
    return np.median(record["V_mV"][record["t_ms"] > 1700])
