# Uses the first and the last point only.
# fails: test_convergence_order
# says: "not the first and the last alone"

# %% answer="convergence_order"
def convergence_order(steps_ms, errors):
    return np.log(errors[-1] / errors[0]) / np.log(steps_ms[-1] / steps_ms[0])
