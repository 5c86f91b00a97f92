# Measures the spike before the filter.
# fails: test_sinking_distance
# says: "use band_pass"

# %% answer="sinking_distance"
def sinking_distance(distances_um, potentials_uV, dt_ms, band_Hz, density):
    amplitudes_uV = np.ptp(np.asarray(potentials_uV), axis=-1)
    noise_uV = density * np.sqrt(band_Hz[1] - band_Hz[0])
    log_distance = np.interp(-np.log(noise_uV), -np.log(amplitudes_uV), np.log(distances_um))
    return amplitudes_uV, noise_uV, np.exp(log_distance)
