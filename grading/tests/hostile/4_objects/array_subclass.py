# ruff: noqa
# An array subclass whose functions and comparisons lie.
# fails: test_double
# says: "another double"

# %% answer="double"
class Liar(np.ndarray):
    def __array_ufunc__(self, *args, **kwargs):
        return np.True_

    def __array_function__(self, *args, **kwargs):
        return True

    def tolist(self):
        return [4.0]


def double(x):
    return np.full(np.shape(x), 4.0).view(Liar)
