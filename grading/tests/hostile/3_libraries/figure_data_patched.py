# ruff: noqa
# The extractor of figures is replaced: it returns data of a figure that was never drawn.
# fails: test_draw
# says: "the line"

# %% answer="draw"
import checks


def draw(x, y):
    return plt.figure()


line = {"label": "", "x": [0.0], "y": [5.0, 7.0, 0.0]}
checks.figure_data = lambda figure: {
    "axes": [{"xlabel": "time (ms)", "ylabel": "membrane potential (mV)", "lines": [line]}]
}
