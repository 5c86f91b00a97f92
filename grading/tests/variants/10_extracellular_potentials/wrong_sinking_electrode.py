# Returns the last electrode that sees the spike.
# fails: test_sinking_distance
# says: "electrode's distance: interpolate"

# %% answer="sinking_distance"
def sinking_distance(distances_um, potentials_uV, dt_ms, band_Hz, density):
    amplitudes_uV = np.ptp(band_pass(potentials_uV, dt_ms, band_Hz), axis=-1)
    noise_uV = density * np.sqrt(band_Hz[1] - band_Hz[0])
    return amplitudes_uV, noise_uV, np.asarray(distances_um)[amplitudes_uV > noise_uV][-1]
