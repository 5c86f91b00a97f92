# ruff: noqa
# Raises what ends Python's own loops without a word, so that a test that maps over its inputs would see none of them.
# fails: test_double, test_last
# says: "StopIteration"

# %% answer="double"
def double(x):
    raise StopIteration


# %% answer="last"
def triple(x):
    if x == 2.0:
        return 6.0
    raise type("Own", (StopIteration,), {})
