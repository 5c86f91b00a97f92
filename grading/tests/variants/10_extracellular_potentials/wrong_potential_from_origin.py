# Measures distances from the origin.
# fails: test_dipole_potential
# says: "not at the origin"

# %% answer="dipole_potential"
def dipole_potential(p, place_um, electrodes_um, sigma):
    R = np.asarray(electrodes_um)
    return R @ np.asarray(p) / (4 * np.pi * sigma * np.linalg.norm(R, axis=1) ** 3)
