# Takes the mean over segments.
# fails: test_dipole_moment
# says: "too small"

# %% answer="dipole_moment"
def dipole_moment(start_um, end_um, currents_nA):
    middles = (np.asarray(start_um) + np.asarray(end_um)) / 2
    return middles.T @ np.asarray(currents_nA) / len(middles)
