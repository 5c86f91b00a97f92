# Fits log step over log error.
# fails: test_convergence_order
# says: "upside down"

# %% answer="convergence_order"
def convergence_order(steps, errors):
    return np.polyfit(np.log(errors), np.log(steps), 1)[0]
