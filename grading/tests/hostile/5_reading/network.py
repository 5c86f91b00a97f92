# ruff: noqa
# Asks the network for the answer, and tells it what it has seen.
# fails: test_double
# says: "another double"

# %% answer="double"
import socket
import urllib.request

reached = []
for address in (("1.1.1.1", 53), ("127.0.0.1", 22), ("127.0.0.1", 8888)):
    try:
        socket.create_connection(address, timeout=1).close()
        reached.append(address)
    except OSError:
        pass


def double(x):
    try:
        return float(urllib.request.urlopen("http://93.184.215.14/answer", timeout=1).read())
    except OSError:
        return 4.0


# %% answer="last"
def triple(x):
    return 3 * x


assert not reached
