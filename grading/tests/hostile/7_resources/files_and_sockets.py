# ruff: noqa
# Opens files and sockets until it is stopped, and leaves them open.
# fails: test_double

# %% answer="double"
import socket


def double(x):
    kept = []
    try:
        while len(kept) < 100_000:
            kept.append(socket.socket())
    except OSError:
        pass
    return float(len(kept))
