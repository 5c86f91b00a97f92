# Rows for x, columns for z.
# fails: test_lfp_map
# says: "rows: z, columns: x"

# %% answer="lfp_map"
def lfp_map(start_um, end_um, currents_nA, x_um, z_um, y_um, sigma):
    X, Z = np.meshgrid(x_um, z_um)
    electrodes = np.column_stack([X.ravel(), np.full(X.size, y_um), Z.ravel()])
    potential_uV = 1e3 * lfpykit_matrix(start_um, end_um, electrodes, sigma) @ np.asarray(currents_nA)
    k = np.abs(potential_uV).max(axis=0).argmax()
    return potential_uV[:, k].reshape(X.shape).T
