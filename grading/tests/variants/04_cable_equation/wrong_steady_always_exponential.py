# An exponential for every end.
# fails: test_steady_state
# says: "the end is missing"

# %% answer="steady_state"
def steady_state(x_um, length_um, lambda_um, R_inf, I_nA, end):
    X = np.asarray(x_um) / lambda_um
    V0 = I_nA * R_inf
    if end == "sealed":
        return V0 * np.exp(-X)
    if end == "killed":
        return V0 * np.exp(-X)
    if end == "semi-infinite":
        return V0 * np.exp(-X)
    return V0 * np.exp(-np.abs(X)) / 2
