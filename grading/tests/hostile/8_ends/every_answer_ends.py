# ruff: noqa
# Every answer ends the process: each costs its own points, and no more.
# fails: test_double, test_draw, test_last
# says: "the kernel ended in test_double"

# %% answer="double"
import os


def double(x):
    os._exit(1)


# %% answer="draw"
def draw(x, y):
    os._exit(1)


# %% answer="last"
def triple(x):
    os._exit(1)
