# ruff: noqa
# A cell that never ends.
# fails: test_double
# says: "did not end within"

# %% answer="double"
while True:
    pass
