# ruff: noqa
# Fills every place that it may write to.
# fails: test_double

# %% answer="double"
import itertools


def double(x):
    for place in (".", "/tmp", "/dev/shm"):
        try:
            for number in itertools.count():
                with open(f"{place}/fill-{number}", "wb") as stream:
                    stream.write(bytes(100_000_000))
        except OSError:
            continue
    return 4.0
