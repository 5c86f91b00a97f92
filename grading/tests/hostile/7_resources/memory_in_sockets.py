# ruff: noqa
# Fills the buffers of thousands of sockets, which is memory that no process owns.
# fails: test_double
# says: "files and was stopped"

# %% answer="double"
import os
import socket
import time


def double(x):
    for _ in range(30):
        if os.fork() == 0:
            kept = []
            try:
                while True:
                    pair = socket.socketpair()
                    kept.append(pair)
                    pair[0].setblocking(False)
                    while True:
                        try:
                            pair[0].send(bytes(65536))
                        except BlockingIOError:
                            break
            except OSError:
                time.sleep(60)
            os._exit(0)
    time.sleep(2)
    return 4.0
