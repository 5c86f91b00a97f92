# ruff: noqa
# A timer ends the process while the cell waits for something else.
# fails: nothing
# says: "the kernel ended in"

# %% tags=["scratch"]
import os
import threading
import time

threading.Timer(1.0, os._exit, (0,)).start()
time.sleep(5)
