# The killed end lies a whole compartment away.
# fails: test_cable_bands
# says: "half a compartment away"

# %% answer="cable_bands"
def cable_bands(n, length_um, r_m, r_a, end):
    dx_um = length_um / n
    g_m, g_a = dx_um / r_m, 1 / (r_a * dx_um)
    bands = np.zeros((3, n))
    bands[0, 1:] = bands[2, :-1] = -g_a
    bands[1] = g_m + 2 * g_a
    bands[1, [0, -1]] -= g_a
    if end == "killed":
        bands[1, -1] += g_a
    return bands
