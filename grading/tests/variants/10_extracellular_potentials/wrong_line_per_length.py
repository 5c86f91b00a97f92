# Forgets to divide by the length.
# fails: test_line_matrix
# says: "divide by the length"

# %% answer="line_matrix"
def line_matrix(start_um, end_um, electrodes_um, sigma, rho_min_um=1.0):
    start, axis = np.asarray(start_um, float), np.asarray(end_um, float) - np.asarray(start_um, float)
    length = np.linalg.norm(axis, axis=1)
    d = np.asarray(electrodes_um, float)[:, None] - start[None]
    a = (d * (axis / length[:, None])).sum(axis=-1)
    rho = np.sqrt(np.maximum((d**2).sum(axis=-1) - a**2, rho_min_um**2))
    return (np.arcsinh(a / rho) - np.arcsinh((a - length) / rho)) / (4 * np.pi * sigma)
