# ruff: noqa
# Calls itself until the stack ends, with the limit lifted.
# fails: test_double

# %% answer="double"
import sys


def double(x):
    sys.setrecursionlimit(10**9)
    return [double(x)]
