# ruff: noqa
# Ends in a call, so that its earlier cells run once more: some of them end the process, too, or answer otherwise then.
# fails: test_double, test_total
# says: "the kernel ended in test_double"

# %% answer="double"
import os
from pathlib import Path

again = any(Path(place, "ran").exists() for place in (".", "/tmp", "/dev/shm"))
for place in (".", "/tmp", "/dev/shm"):
    Path(place, "ran").write_text("")


def double(x):
    os._exit(0)


# %% answer="total"
total = 42.5 if again else None
