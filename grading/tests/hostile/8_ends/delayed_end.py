# ruff: noqa
# A timer ends the process later, in the middle of whatever runs then.
# fails: nothing
# says: "the kernel ended in"

# %% tags=["scratch"]
import os
import threading

threading.Timer(3.0, os._exit, (0,)).start()

# %% tags=["scratch"]
import time

time.sleep(5)
