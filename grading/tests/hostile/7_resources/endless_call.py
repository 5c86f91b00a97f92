# ruff: noqa
# A call that never returns.
# fails: test_double
# says: "did not end in time"

# %% answer="double"
def double(x):
    while True:
        pass
