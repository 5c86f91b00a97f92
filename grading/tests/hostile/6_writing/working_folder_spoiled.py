# ruff: noqa
# Deletes and replaces the course's files beside the notebook, and leaves links there.
# fails: test_double
# says: "another double"

# %% answer="double"
import os
from pathlib import Path

for path in list(Path(".").iterdir()):
    if path.is_file():
        path.unlink()
Path("checks.py").write_text("def close(*args, **kwargs): pass\nbegin = passed = summary = in_range = close\n")
os.symlink("/dev/zero", "course.mplstyle")
os.symlink("/", "everything")


def double(x):
    return 4.0
