# The map from the student's own line sources, in a loop over rows; a search for the crossing; a matrix for the density.
# passes: all

# %% answer="lfp_map"
def lfp_map(start_um, end_um, currents_nA, x_um, z_um, y_um, sigma):
    rows = []
    for z in z_um:
        rows.append(line_matrix(start_um, end_um, [(x, y_um, z) for x in x_um], sigma) @ currents_nA)
    movie = 1000 * np.array(rows)
    return movie[:, :, np.unravel_index(np.abs(movie).argmax(), movie.shape)[2]]


# %% answer="sinking_distance"
def sinking_distance(distances_um, potentials_uV, dt_ms, band_Hz, density):
    filtered = band_pass(potentials_uV, dt_ms, band_Hz)
    a = filtered.max(axis=1) - filtered.min(axis=1)
    noise = (density**2 * (band_Hz[1] - band_Hz[0])) ** 0.5
    i = int(np.sum(a > noise))
    exponent = np.log(a[i] / a[i - 1]) / np.log(distances_um[i] / distances_um[i - 1])
    return [a, noise, distances_um[i] * (noise / a[i]) ** (1 / exponent)]


# %% answer="source_density"
def source_density(potential_mV, spacing_um, sigma):
    n = len(potential_mV)
    second = np.eye(n - 2, n) - 2 * np.eye(n - 2, n, 1) + np.eye(n - 2, n, 2)
    return -sigma / (spacing_um * 1e-3) ** 2 * (second @ potential_mV)
