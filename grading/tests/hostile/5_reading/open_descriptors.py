# ruff: noqa
# Reads from and writes to everything that its process was born with: pipes, sockets, files of whoever forked it.
# fails: test_double
# says: "another double"

# %% answer="double"
import os
import stat

leaked = []
for name in os.listdir("/proc/self/fd"):
    number = int(name)
    try:
        kind, place = os.fstat(number).st_mode, os.readlink(f"/proc/self/fd/{name}")
    except OSError:
        continue
    if place.startswith("/") and not place.startswith(("/dev/null", "/proc")):
        leaked.append(place)
    if stat.S_ISFIFO(kind):
        os.set_blocking(number, False)
        for use in (lambda: leaked.append(os.read(number, 100)), lambda: os.write(number, b'{"pid": 1}\n')):
            try:
                use()
            except OSError:
                continue


def double(x):
    return 4.0


# %% answer="last"
def triple(x):
    return 3 * x


leaked = [item for item in leaked if item != b'{"pid": 1}\n']  # what it has written itself
print("leaked:", leaked)
assert not leaked
