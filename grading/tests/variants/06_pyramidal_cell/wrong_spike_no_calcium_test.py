# Forgets the third mark.
# fails: test_is_calcium_spike
# says: "so these do not make it"

# %% answer="is_calcium_spike"
def is_calcium_spike(control, no_Na, no_Ca):

    def time_above(recording):
        t, v = np.asarray(recording[0]), np.asarray(recording[1])
        return np.diff(t)[(v[:-1] > LEVEL_MV) & (v[1:] > LEVEL_MV)].sum()

    long = [bool(time_above(recording) >= SHORTEST_MS) for recording in (control, no_Na, no_Ca)]
    return long[0] and long[1]
