# Lists in place of arrays.
# passes: all

# %% answer="population_spectrum"
def population_spectrum(times_ms, start_ms, stop_ms, bin_ms=1.0, segment_ms=100.0):
    m = round(segment_ms / bin_ms)
    number = int((stop_ms - start_ms) / segment_ms + 1e-9)
    counts = np.histogram(times_ms, start_ms + bin_ms * np.arange(m * number + 1))[0].reshape(number, m)
    power = np.mean(np.abs(np.fft.rfft(counts - counts.mean(axis=1, keepdims=True), axis=1)) ** 2, axis=0)
    return [1e3 * k / segment_ms for k in range(m // 2 + 1)], [number * one / counts.sum() for one in power]
