# Fits the step against the error.
# fails: test_convergence_order
# says: "changed places"

# %% answer="convergence_order"
def convergence_order(steps_ms, errors):
    return np.polyfit(np.log(errors), np.log(steps_ms), 1)[0]
