# Counts samples of a tenth of a millisecond.
# fails: test_is_calcium_spike
# says: "all three marks hold here"

# %% answer="is_calcium_spike"
def is_calcium_spike(control, no_Na, no_Ca):

    def time_above(recording):
        v = np.asarray(recording[1])
        return 0.1 * np.sum(v > LEVEL_MV)

    long = [bool(time_above(recording) >= SHORTEST_MS) for recording in (control, no_Na, no_Ca)]
    return long[0] and long[1] and not long[2]
