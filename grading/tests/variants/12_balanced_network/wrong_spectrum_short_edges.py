# The edges of the bins lack the last one, so that a full window loses a segment.
# fails: test_population_spectrum
# says: "the last segment counts"

# %% answer="population_spectrum"
def population_spectrum(times_ms, start_ms, stop_ms, bin_ms=1.0, segment_ms=100.0):
    m = round(segment_ms / bin_ms)
    counts = np.histogram(times_ms, np.arange(start_ms, stop_ms, bin_ms))[0]
    counts = counts[: len(counts) // m * m].reshape(-1, m)
    amplitudes = np.fft.rfft(counts - counts.mean(axis=1, keepdims=True), axis=1)
    power = np.mean(np.abs(amplitudes) ** 2, axis=0) / counts.sum(axis=1).mean()
    return np.fft.rfftfreq(m, 1e-3 * bin_ms), power
