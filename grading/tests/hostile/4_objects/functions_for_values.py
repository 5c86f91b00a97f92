# ruff: noqa
# Functions and classes where values belong.
# fails: test_double, test_total
# says: "a function, not its result"

# %% answer="double"
def double(x):
    return double


# %% answer="total"
class total:
    pass
