# Asks whether it is much shorter without calcium channels, not whether it is short.
# fails: test_is_calcium_spike
# says: "shorter, but still long"

# %% answer="is_calcium_spike"
def is_calcium_spike(control, no_Na, no_Ca):
    def time_above(recording):
        t, v = np.asarray(recording[0]), np.asarray(recording[1])
        return np.diff(t)[(v[:-1] > LEVEL_MV) & (v[1:] > LEVEL_MV)].sum()

    with_all, without_Na, without_Ca = [time_above(recording) for recording in (control, no_Na, no_Ca)]
    return bool(with_all >= SHORTEST_MS and without_Na >= SHORTEST_MS and without_Ca < 0.7 * with_all)
