# ruff: noqa
# Deletes and fills the folder with the kernel's own sockets, on the disk of the machine.
# fails: test_double
# says: "another double"

# %% answer="double"
import os

from ipykernel import get_connection_file

folder = os.path.dirname(get_connection_file())
written = []
for number in range(5):
    try:
        with open(f"{folder}/fill-{number}", "wb") as stream:
            stream.write(bytes(50_000_000))
        written.append(number)
    except OSError:
        continue
try:
    os.unlink(get_connection_file())
except OSError:
    pass


def double(x):
    return 4.0


# %% answer="last"
def triple(x):
    return 3 * x


assert not written
