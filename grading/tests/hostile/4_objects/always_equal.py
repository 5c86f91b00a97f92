# ruff: noqa
# An object that is equal to everything.
# fails: test_double
# says: "cannot grade a value of type Equal"

# %% answer="double"
class Equal:
    def __eq__(self, other):
        return True

    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    __hash__ = None
    __sub__ = __rsub__ = __mul__ = __abs__ = lambda self, *other: self
    __bool__ = lambda self: True


def double(x):
    return Equal()
