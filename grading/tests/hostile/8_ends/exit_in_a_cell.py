# ruff: noqa
# The cell ends the process.
# fails: test_double
# says: "the kernel ended in answer_double"

# %% answer="double"
import os

os._exit(0)
