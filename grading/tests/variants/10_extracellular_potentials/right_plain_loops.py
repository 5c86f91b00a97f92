# Loops, lists and the math module; the logarithms of Holt and Koch in place of arsinh.
# passes: all

# %% answer="point_matrix"
def point_matrix(points_um, electrodes_um, sigma):
    from math import dist, pi

    return [[1 / (4 * pi * sigma * dist(e, p)) for p in points_um] for e in electrodes_um]


# %% answer="line_matrix"
def line_matrix(start_um, end_um, electrodes_um, sigma, rho_min_um=1.0):
    from math import dist, log, pi, sqrt

    rows = []
    for e in electrodes_um:
        row = []
        for s, f in zip(start_um, end_um):
            length = dist(s, f)
            foot = sum((e[k] - s[k]) * (f[k] - s[k]) for k in range(3)) / length
            rho2 = max(dist(e, s) ** 2 - foot**2, rho_min_um**2)
            low, high = -foot, length - foot
            if low + high < 0:  # the mirror image: no difference of nearly equal numbers
                low, high = -high, -low
            row.append(log((high + sqrt(high**2 + rho2)) / (low + sqrt(low**2 + rho2))) / (4 * pi * sigma * length))
        rows.append(row)
    return rows


# %% answer="dipole_moment"
def dipole_moment(start_um, end_um, currents_nA):
    total = [[0.0] * len(currents_nA[0]) for _ in range(3)]
    for s, e, row in zip(start_um, end_um, currents_nA):
        for c in range(3):
            for k, current in enumerate(row):
                total[c][k] += current * 0.5 * (s[c] + e[c])
    return total


# %% answer="error_length"
def error_length(points_um, currents_nA, u):
    p = q = 0.0
    for r, current in zip(points_um, currents_nA):
        height = sum(a * b for a, b in zip(r, u))
        p += current * height
        q += current * (1.5 * height**2 - 0.5 * sum(a * a for a in r))
    return q / p


# %% answer="source_density"
def source_density(potential_mV, spacing_um, sigma):
    phi = potential_mV
    return [sigma * (2 * phi[i] - phi[i - 1] - phi[i + 1]) / spacing_um**2 * 1e6 for i in range(1, len(phi) - 1)]
