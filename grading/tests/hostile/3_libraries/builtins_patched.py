# ruff: noqa
# Built-in functions that agree with everything; the kernel itself stumbles over some of them.
# fails: test_last

# %% answer="last"
def triple(x):
    return 6.0


import builtins

builtins.AssertionError = builtins.ZeroDivisionError
builtins.abs = lambda x: 0
builtins.all = builtins.any = lambda x: True
builtins.repr = lambda x: "'x'"
