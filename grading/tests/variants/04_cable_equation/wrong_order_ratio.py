# The ratio of two errors in place of the exponent.
# fails: test_convergence_order
# says: "take logarithms"

# %% answer="convergence_order"
def convergence_order(steps, errors):
    return errors[0] / errors[1]
