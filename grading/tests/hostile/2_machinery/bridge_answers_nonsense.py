# ruff: noqa
# Replaces the bridge by one that answers with code, and with what is no text.
# fails: test_double, test_total, test_draw, test_last
# says: "no sensible answer"

# %% tags=["scratch"]
import sys


class Forged:
    look = staticmethod(lambda name: "__import__('os').system('true')")
    call = figure_data = staticmethod(lambda *arguments: 5)


sys.modules["_course_bridge"] = Forged
