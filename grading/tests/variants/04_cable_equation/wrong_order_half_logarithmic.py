# Takes the logarithm of the errors alone.
# fails: test_convergence_order
# says: "both axes are"

# %% answer="convergence_order"
def convergence_order(steps, errors):
    return np.polyfit(steps, np.log(errors), 1)[0]
