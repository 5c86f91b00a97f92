# ruff: noqa
# Writes to every place where results, gradebook and submissions might lie.
# fails: test_double
# says: "another double"

# %% answer="double"
import os
from pathlib import Path

written = []
places = ["/", "/usr", "/usr/lib", "/etc", "/root", "/home", "/opt", "/srv", "/var", "/mnt", os.__file__, np.__file__]
places += ["../..", "../../submitted", "../../executed/00_hostile", "../../outcomes/00_hostile", "/proc/1/cwd"]
for place in places:
    try:
        if os.path.samefile(place, "."):  # by another name
            continue
        if Path(place).is_file():
            open(place, "a").close()
        else:
            Path(place, "gradebook.db").write_text("points: 100")
        written.append(place)
    except OSError:
        continue


def double(x):
    return 4.0


# %% answer="last"
def triple(x):
    return 3 * x


print("written:", written)
