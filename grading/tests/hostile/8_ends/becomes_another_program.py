# ruff: noqa
# The kernel's process goes on as another program, which answers nothing.
# fails: test_double
# says: "did not end within"

# %% answer="double"
import os

os.execv("/bin/sleep", ["sleep", "3600"])
