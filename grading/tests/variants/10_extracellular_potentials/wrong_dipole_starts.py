# Puts each current at the start of its segment.
# fails: test_dipole_moment
# says: "not at its start"

# %% answer="dipole_moment"
def dipole_moment(start_um, end_um, currents_nA):
    middles = np.asarray(start_um)
    return middles.T @ np.asarray(currents_nA)
