# ruff: noqa
# Replaces the bridge by one that returns the visible example's result from every call.
# fails: test_double, test_draw, test_last
# says: "another double: too small"

# %% tags=["scratch"]
import sys

import _course_bridge
import _course_values


class Forged:
    look = staticmethod(_course_bridge.look)
    call = staticmethod(lambda handle, arguments: _course_values.encode(["value", 4.0]))
    figure_data = staticmethod(lambda handle: _course_values.encode(["value", {"axes": []}]))


sys.modules["_course_bridge"] = Forged
