# ruff: noqa
# Starts threads until it is stopped.
# fails: test_double
# says: "another double"

# %% answer="double"
import threading
import time


def double(x):
    try:
        while True:
            threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
    except RuntimeError:
        return 4.0
