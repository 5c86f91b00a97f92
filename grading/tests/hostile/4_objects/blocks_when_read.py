# ruff: noqa
# A value that never stops being turned into a number.
# fails: test_total
# says: "did not end in time"

# %% answer="total"
class Slow(float):
    def __float__(self):
        while True:
            pass


total = Slow(42.5)
