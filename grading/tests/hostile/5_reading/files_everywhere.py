# ruff: noqa
# Looks through all files that it can read for hidden tests, gradebooks and other submissions.
# fails: test_double
# says: "another double"

# %% answer="double"
import os

leaked = []
for parent, folders, names in os.walk("/"):
    if parent.startswith(("/proc", "/sys", "/usr")) or "site-packages" in parent:
        folders[:] = []
        continue
    for name in names:
        path = os.path.join(parent, name)
        if name in ("gradebook.db", "exercise.py", "00_hostile.py") or name.endswith(".ipynb"):
            leaked.append(path)


def double(x):
    return 4.0


# %% answer="last"
def triple(x):
    return 3 * x


print("leaked:", leaked)
assert not leaked
