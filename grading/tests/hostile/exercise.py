# The exercise that hostile submissions are handed in to: a function, a value, a figure, and a task that comes last.

# %% [markdown]
# # Doubles

# %% tags=["setup"]
import matplotlib.pyplot as plt
import numpy as np

import checks


# %% answer="double"
def double(x):
    """Twice x."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


# %% test="double" points=2
# Doubles numbers and arrays (2 points).
checks.close(double(2.0), 4.0, what="double(2.0)")
### BEGIN HIDDEN TESTS
for _x in (17.25, -3.5):
    checks.close(double(_x), 2 * _x, what="another double")
checks.close(double(np.array([1.5, 8.75])), [3.0, 17.5], what="the doubles of an array")
### END HIDDEN TESTS

# %% answer="total"
total = None
### BEGIN SOLUTION
total = 42.5
### END SOLUTION

# %% test="total" points=2
# The total (2 points).
checks.in_range(total, 0.0, 1000.0, what="total")
### BEGIN HIDDEN TESTS
checks.close(total, 42.5, what="total")
### END HIDDEN TESTS


# %% answer="draw"
def draw(x, y):
    """A figure with one line."""
    ### BEGIN SOLUTION
    fig, ax = plt.subplots()
    ax.plot(x, y)
    ax.set_xlabel("time (ms)")
    ax.set_ylabel("membrane potential (mV)")
    return fig
    ### END SOLUTION


# %% test="draw" points=1
# The figure (1 point).
_figure = checks.figure_data(draw([0.0, 1.0, 2.0], [5.0, 7.0, 6.0]))
checks.labelled(_figure, x="time (ms)", y="membrane potential (mV)")
checks.close(_figure["axes"][0]["lines"][0]["y"], [5.0, 7.0, 6.0], what="the line")


# %% answer="last"
def triple(x):
    """Three times x."""
    ### BEGIN SOLUTION
    return 3 * x
    ### END SOLUTION


# %% test="last" points=1
# Triples (1 point).
checks.close(triple(2.0), 6.0, what="triple(2.0)")
### BEGIN HIDDEN TESTS
for _x, _got in zip((5.5, -1.25), map(triple, (5.5, -1.25))):
    checks.close(_got, 3 * _x, what="another triple")
### END HIDDEN TESTS

# %% [markdown] discuss="why" points=2
# Why twice?
#
# ### BEGIN MARK SCHEME
# Two points for any reason.
# ### END MARK SCHEME
