# ruff: noqa
# A call that crashes the interpreter.
# fails: test_double
# says: "the kernel ended in test_double"

# %% answer="double"
import ctypes


def double(x):
    return ctypes.string_at(0)
