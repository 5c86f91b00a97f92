# ruff: noqa
# A call that spends its time where no interrupt is looked at.
# fails: test_double

# %% answer="double"
import re


def double(x):
    return len(sorted(range(10**9), key=lambda item: -item))
