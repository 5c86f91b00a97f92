# ruff: noqa
# One line of output without end, and a picture of a hundred megabytes.
# fails: nothing

# %% tags=["scratch"]
import sys

from IPython.display import display

sys.stdout.write("y" * 100_000_000)
display({"image/png": "A" * 100_000_000, "text/plain": "large"}, raw=True)
