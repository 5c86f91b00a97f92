# ruff: noqa
# A list that contains itself, and one that doubles forty times.
# fails: test_double, test_total
# says: "nested too deeply"

# %% answer="double"
def double(x):
    nested = [x]
    nested.append(nested)
    return nested


# %% answer="total"
total = 42.5
for _ in range(40):
    total = [total, total]
