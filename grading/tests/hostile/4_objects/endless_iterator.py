# ruff: noqa
# A generator and a sequence without end.
# fails: test_double, test_total

# %% answer="double"
class Endless(list):
    def __iter__(self):
        while True:
            yield 4.0


def double(x):
    return Endless()


# %% answer="total"
total = (4.0 for _ in iter(int, 1))
