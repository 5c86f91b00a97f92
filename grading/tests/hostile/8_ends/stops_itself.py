# ruff: noqa
# Stops its own process and waits for nobody.
# fails: test_double
# says: "did not end"

# %% answer="double"
import os
import signal


def double(x):
    os.kill(os.getpid(), signal.SIGSTOP)
    while True:
        pass
