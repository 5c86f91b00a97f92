# ruff: noqa
# Each call ends the process.
# fails: test_double
# says: "the kernel ended in test_double"

# %% answer="double"
import os


def double(x):
    os._exit(0)
