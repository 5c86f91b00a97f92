# ruff: noqa
# A call that goes on when it is interrupted.
# fails: test_double
# says: "nor when it was interrupted"

# %% answer="double"
import signal
import time


def double(x):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        time.sleep(0.01)
