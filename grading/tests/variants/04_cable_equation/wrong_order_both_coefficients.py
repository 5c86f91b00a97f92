# Returns slope and offset.
# fails: test_convergence_order
# says: "where one number belongs"

# %% answer="convergence_order"
def convergence_order(steps, errors):
    return np.polyfit(np.log(steps), np.log(errors), 1)
