# Takes the last sample.
# fails: test_lfp_map
# says: "the last moment"

# %% answer="lfp_map"
def lfp_map(start_um, end_um, currents_nA, x_um, z_um, y_um, sigma):
    X, Z = np.meshgrid(x_um, z_um)
    electrodes = np.column_stack([X.ravel(), np.full(X.size, y_um), Z.ravel()])
    potential_uV = 1e3 * lfpykit_matrix(start_um, end_um, electrodes, sigma) @ np.asarray(currents_nA)
    k = -1
    return potential_uV[:, k].reshape(X.shape)
