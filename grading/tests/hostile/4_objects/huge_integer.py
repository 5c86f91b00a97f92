# ruff: noqa
# Integers that take minutes to write down.
# fails: test_double, test_total
# says: "more than 4000 digits"

# %% answer="double"
def double(x):
    return 1 << 10_000_000


# %% answer="total"
total = 10**5000
