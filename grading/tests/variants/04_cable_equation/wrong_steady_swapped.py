# Sealed and killed end exchanged.
# fails: test_steady_state
# says: "killed means V = 0"

# %% answer="steady_state"
def steady_state(x_um, length_um, lambda_um, R_inf, I_nA, end):
    X, L = np.asarray(x_um) / lambda_um, length_um / lambda_um
    V0 = I_nA * R_inf
    if end == "sealed":
        return V0 * np.sinh(L - X) / np.cosh(L)
    if end == "killed":
        return V0 * np.cosh(L - X) / np.sinh(L)
    if end == "semi-infinite":
        return V0 * np.exp(-X)
    return V0 * np.exp(-np.abs(X)) / 2
