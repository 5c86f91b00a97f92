# ruff: noqa
# Prints without end.
# fails: test_double
# says: "did not end within"

# %% answer="double"
def double(x):
    return 4.0


while True:
    print("x" * 1000)
