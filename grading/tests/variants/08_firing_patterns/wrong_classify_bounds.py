# Counts the bounds of the rules among what lies below or above them.
# fails: test_classify
# says: "exactly -45 mV"

# %% answer="classify"
def classify(features):
    quiet = features["spikes"] == 0
    if features["end_mV"] >= -45 and (quiet or features["last_spike_ms"] <= 500):
        return "plateau"
    if quiet and features["rebound_spikes"] == 0:
        sag = features["sag_ratio"]
        return "sag" if sag is not None and sag >= 0.1 else "silent"
    if quiet:
        burst = features["rebound_spikes"] >= 2 and features["rebound_isi_ms"] <= 20
        return "rebound burst" if burst else "rebound spike"
    if features["last_spike_ms"] <= 150:
        return "onset only"
    if features["spikes"] >= 2 and features["first_isi_ms"] <= features["last_isi_ms"] / 2:
        return "burst then tonic"
    return "tonic"
