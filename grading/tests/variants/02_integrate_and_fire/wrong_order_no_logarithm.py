# Fits without logarithms.
# fails: test_convergence_order
# says: "needs logarithms"

# %% answer="convergence_order"
def convergence_order(steps_ms, errors):
    return np.polyfit(steps_ms, errors, 1)[0]
