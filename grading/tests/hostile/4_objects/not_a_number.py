# ruff: noqa
# NaN and infinity, which no comparison refuses.
# fails: test_double, test_total
# says: "NaN (not a number)"

# %% answer="double"
def double(x):
    return float("nan")


# %% answer="total"
total = float("inf")
