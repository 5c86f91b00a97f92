# Interpolates amplitudes and distances themselves.
# fails: test_sinking_distance
# says: "interpolate the logarithms"

# %% answer="sinking_distance"
def sinking_distance(distances_um, potentials_uV, dt_ms, band_Hz, density):
    amplitudes_uV = np.ptp(band_pass(potentials_uV, dt_ms, band_Hz), axis=-1)
    noise_uV = density * np.sqrt(band_Hz[1] - band_Hz[0])
    return amplitudes_uV, noise_uV, np.interp(-noise_uV, -amplitudes_uV, distances_um)
