# Takes the spikes to come in order.
# fails: test_rate_and_cv
# says: "in any order"

# %% answer="rate_and_cv"
def rate_and_cv(times_ms, senders, n, start_ms, stop_ms):
    inside = (times_ms > start_ms) & (times_ms <= stop_ms)
    times_ms, senders = times_ms[inside], senders[inside]
    cvs = []
    for k in np.unique(senders):
        intervals_ms = np.abs(np.diff(times_ms[senders == k]))
        if len(intervals_ms) >= 2:
            cvs.append(np.std(intervals_ms) / np.mean(intervals_ms))
    return 1e3 * len(times_ms) / (n * (stop_ms - start_ms)), np.mean(cvs)
