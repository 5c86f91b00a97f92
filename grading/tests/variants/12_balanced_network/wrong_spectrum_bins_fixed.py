# Frequencies for bins of 1 ms.
# fails: test_population_spectrum
# says: "with bins of 2 ms"

# %% answer="population_spectrum"
def population_spectrum(times_ms, start_ms, stop_ms, bin_ms=1.0, segment_ms=100.0):
    m = round(segment_ms / bin_ms)
    number = int((stop_ms - start_ms) / segment_ms + 1e-9)
    counts = np.histogram(times_ms, start_ms + bin_ms * np.arange(m * number + 1))[0].reshape(number, m)
    amplitudes = np.fft.rfft(counts - counts.mean(axis=1, keepdims=True), axis=1)
    power = np.mean(np.abs(amplitudes) ** 2, axis=0) / counts.sum(axis=1).mean()
    return np.fft.rfftfreq(m, 1e-3), power
