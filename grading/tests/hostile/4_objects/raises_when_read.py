# ruff: noqa
# Values that raise when they are turned into numbers or words.
# fails: test_double, test_total

# %% answer="double"
class Bomb(float):
    def __float__(self):
        raise SystemExit(0)

    __str__ = __repr__ = hex = __float__


class Words(ValueError):
    def __str__(self):
        raise KeyboardInterrupt


def double(x):
    raise Words(Bomb(1))


# %% answer="total"
total = Bomb(1)
