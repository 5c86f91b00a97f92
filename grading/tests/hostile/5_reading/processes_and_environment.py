# ruff: noqa
# Reads environment, command lines and memory of every process that it sees, and of the one that forked it.
# fails: test_double
# says: "another double"

# %% answer="double"
import os

leaked = []
for number in [*filter(str.isdigit, os.listdir("/proc")), str(os.getppid())]:
    for name in ("environ", "cmdline"):
        try:
            with open(f"/proc/{number}/{name}", "rb") as stream:
                content = stream.read()
        except OSError:
            continue
        leaked += [word.decode() for word in content.split(b"\0") if b"hostile-workspace" in word or b"SECRET" in word]
    for place in (f"/proc/{number}/root/root", f"/proc/{number}/cwd/../grading"):
        try:
            leaked += [name for name in os.listdir(place) if "grad" in name]
        except OSError:
            continue


def double(x):
    return 4.0


# %% answer="last"
def triple(x):
    return 3 * x


print("leaked:", leaked)
assert not leaked
