# ruff: noqa
# Forks until it is stopped, and each fork forks.
# fails: test_double

# %% answer="double"
import os
import time


def double(x):
    end = time.time() + 2
    while time.time() < end:
        try:
            os.fork()
        except OSError:
            time.sleep(0.05)
    if os.getpid() != 1:
        os._exit(0)
    return 4.0
