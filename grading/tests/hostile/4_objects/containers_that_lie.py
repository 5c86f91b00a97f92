# ruff: noqa
# Containers whose methods return other things than what they hold.
# fails: test_double, test_total
# says: "text in quotes"

# %% answer="total"
class Liar(dict):
    def items(self):
        return [("total", 42.5)]

    keys = values = __iter__ = items
    __float__ = lambda self: 41.0


total = Liar()


# %% answer="double"
class Text(str):
    __float__ = lambda self: 4.0
    __eq__ = lambda self, other: True
    __hash__ = None


def double(x):
    return Text("four")
