# ruff: noqa
# Takes memory that is no process's own: files in memory, shared segments.
# fails: test_double
# says: "double"

# %% answer="double"
import ctypes
import os


def double(x):
    kept = []
    for _ in range(40):
        try:
            number = os.memfd_create("x")
            os.write(number, bytes(400_000_000))
            kept.append(number)
        except OSError:
            break
    for _ in range(40):
        segment = ctypes.CDLL(None).shmget(0, 400_000_000, 0o1600)
        if segment < 0:
            break
    return float(len(kept))
