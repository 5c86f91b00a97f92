# ruff: noqa
# Hands open files over the sockets to whoever reads from them, and asks them who they are.
# fails: test_double
# says: "another double"

# %% answer="double"
import array
import os
import socket

for name in os.listdir("/proc/self/fd"):
    try:
        if not os.readlink(f"/proc/self/fd/{name}").startswith("socket:"):
            continue
        other = socket.socket(fileno=os.dup(int(name)))
        other.setblocking(False)
        rights = array.array("i", [os.open("/dev/zero", os.O_RDONLY)] * 50)
        other.sendmsg([b""], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
    except OSError:
        continue


def double(x):
    return 4.0
