# Counts n - 1 compartments, as if the centres lay on the ends.
# fails: test_cable_bands
# says: "not length/(n - 1)"

# %% answer="cable_bands"
def cable_bands(n, length_um, r_m, r_a, end):
    dx_um = length_um / (n - 1)
    g_m, g_a = dx_um / r_m, 1 / (r_a * dx_um)
    bands = np.zeros((3, n))
    bands[0, 1:] = bands[2, :-1] = -g_a
    bands[1] = g_m + 2 * g_a
    bands[1, [0, -1]] -= g_a
    if end == "killed":
        bands[1, -1] += 2 * g_a
    return bands
