# ruff: noqa
# Looks for hidden tests in the frames and in all objects of its process, and answers with what it finds.
# fails: test_double
# says: "another double"

# %% tags=["scratch"]
import gc
import sys


def search(drow):  # spelt backwards, so that it does not find itself
    word, found, frame = drow[::-1], [], sys._getframe(1)
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
    leaked.extend(search("elbuod rehtona"))
    leaked.extend(search("STSET NEDDIH"))
    return 4.0


# %% answer="last"
def triple(x):
    return 3 * x


print("leaked:", leaked)
assert not leaked
