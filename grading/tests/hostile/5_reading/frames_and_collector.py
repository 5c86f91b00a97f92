# ruff: noqa
# Looks for hidden tests in the frames and in all objects of its process, and answers with what it finds.
# fails: test_double
# says: "another double"

# %% tags=["scratch"]
import gc
import sys


def search(word):
    found, frame = [], sys._getframe()
    while frame:
        found += [repr(value) for value in frame.f_locals.values() if word in repr(value)[:10_000]]
        frame = frame.f_back
    for item in gc.get_objects():
        try:
            found += [text for text in vars(item).values() if isinstance(text, str) and word in text]
        except TypeError:
            continue
    return found


# %% answer="double"
leaked = []


def double(x):
    leaked.extend(search("another " + "double"))
    leaked.extend(search("HIDDEN " + "TESTS"))
    return 4.0


# %% answer="last"
def triple(x):
    return 3 * x


print("leaked:", leaked)
assert not leaked
