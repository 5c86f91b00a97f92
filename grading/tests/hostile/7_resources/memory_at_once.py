# ruff: noqa
# Asks for more memory than there is.
# fails: test_double
# says: "MemoryError"

# %% answer="double"
def double(x):
    return np.ones(10**11)
