# LFPykit does what it can.
# passes: all

# %% answer="point_matrix"
def point_matrix(points_um, electrodes_um, sigma):
    x, y, z = [np.repeat(np.asarray(points_um)[:, [k]], 2, axis=1) for k in range(3)]
    geometry = CellGeometry(x=x, y=y, z=z, d=np.full(len(x), 1.0))
    return PointSourcePotential(geometry, *np.array(electrodes_um).T, sigma=sigma).get_transformation_matrix()


# %% answer="dipole_moment"
def dipole_moment(start_um, end_um, currents_nA):
    x, y, z = [np.column_stack([start_um[:, k], end_um[:, k]]) for k in range(3)]
    geometry = CellGeometry(x=x, y=y, z=z, d=np.ones(len(x)))
    return CurrentDipoleMoment(geometry).get_transformation_matrix() @ currents_nA


# %% answer="line_matrix"
def line_matrix(start_um, end_um, electrodes_um, sigma, rho_min_um=1.0):
    ends = np.stack([start_um, end_um], axis=-1)
    geometry = CellGeometry(x=ends[:, 0], y=ends[:, 1], z=ends[:, 2], d=np.full(len(ends), 2 * rho_min_um))
    return LineSourcePotential(geometry, *np.array(electrodes_um).T, sigma=sigma).get_transformation_matrix()
