# Divides by R² in place of R³.
# fails: test_dipole_potential
# says: "R³ in the denominator"

# %% answer="dipole_potential"
def dipole_potential(p, place_um, electrodes_um, sigma):
    R = np.asarray(electrodes_um) - np.asarray(place_um)
    return R @ np.asarray(p) / (4 * np.pi * sigma * np.linalg.norm(R, axis=1) ** 2)
