# Forgets the angle.
# fails: test_dipole_potential
# says: "the angle counts"

# %% answer="dipole_potential"
def dipole_potential(p, place_um, electrodes_um, sigma):
    R = np.asarray(electrodes_um) - np.asarray(place_um)
    return np.linalg.norm(R, axis=1) * np.linalg.norm(p) / (4 * np.pi * sigma * np.linalg.norm(R, axis=1) ** 3)
