# Takes the bandwidth, not its root.
# fails: test_sinking_distance
# says: "the root of the bandwidth"

# %% answer="sinking_distance"
def sinking_distance(distances_um, potentials_uV, dt_ms, band_Hz, density):
    amplitudes_uV = np.ptp(band_pass(potentials_uV, dt_ms, band_Hz), axis=-1)
    noise_uV = density * (band_Hz[1] - band_Hz[0])
    log_distance = np.interp(-np.log(noise_uV), -np.log(amplitudes_uV), np.log(distances_um))
    return amplitudes_uV, noise_uV, np.exp(log_distance)
