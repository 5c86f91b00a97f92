# einsum, np.diff, and a dipole made of two points; the rest of LFPy's keywords.
# passes: all

# %% answer="simulate"
def simulate(name, input_um, weight_uS, spiking=False):
    keep, morphology = build(name, spiking)
    cell = LFPy.Cell(
        morphology=morphology,
        delete_sections=False,
        nsegs_method=None,
        v_init=-65.0,
        dt=0.0625,
        tstart=0.0,
        tstop=30.0,
        celsius=6.3,
    )
    middles = np.column_stack([cell.x.mean(axis=1), cell.y.mean(axis=1), cell.z.mean(axis=1)])
    where = int(((middles - np.asarray(input_um)) ** 2).sum(axis=1).argmin())
    LFPy.Synapse(cell, idx=where, syntype="ExpSyn", weight=weight_uS, tau=2.0, e=0.0).set_spike_times(np.array([5.0]))
    cell.simulate(rec_imem=True, rec_vmem=True)
    ends = np.stack([cell.x, cell.y, cell.z], axis=1)
    result = [cell.tvec[1:].copy(), ends[..., 0], ends[..., 1], cell.imem[:, 1:].copy()]
    cell.strip_hoc_objects()
    return result


# %% answer="dipole_moment"
def dipole_moment(start_um, end_um, currents_nA):
    return 0.5 * np.einsum("nc,nk->ck", np.add(start_um, end_um), currents_nA)


# %% answer="dipole_potential"
def dipole_potential(p, place_um, electrodes_um, sigma):
    p = np.asarray(p, float)
    half = 0.05 * p / np.linalg.norm(p)
    ends = np.array([place_um + half, place_um - half])
    return point_matrix(ends, electrodes_um, sigma) @ np.array([1.0, -1.0]) * np.linalg.norm(p) / 0.1


# %% answer="error_length"
def error_length(points_um, currents_nA, u):
    points = np.asarray(points_um)
    Q = np.einsum("n,ni,nj->ij", currents_nA, points, points)
    return (3 * u @ Q @ u - np.trace(Q)) / 2 / (currents_nA @ points @ u)


# %% answer="source_density"
def source_density(potential_mV, spacing_um, sigma):
    return -1e6 * sigma * np.diff(potential_mV, n=2, axis=0) / spacing_um**2
