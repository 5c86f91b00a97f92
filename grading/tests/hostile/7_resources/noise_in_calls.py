# ruff: noqa
# Each call prints fifty megabytes.
# fails: nothing

# %% answer="double"
def double(x):
    for _ in range(50):
        print("x" * 1_000_000)
    return 2 * x
