"""The assertion vocabulary: right values pass in any clothes, wrong ones fail with the cause in words and no answer."""

import collections
import enum
import fractions
import json
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest

STUDENT = Path(__file__).resolve().parents[1] / "student"
sys.path.insert(0, str(STUDENT))

import checks  # noqa: E402
from grading.execution import values  # noqa: E402

with warnings.catch_warnings():
    # Matplotlib 3.8 calls pyparsing by names that pyparsing 3.3 deprecates
    warnings.simplefilter("ignore", DeprecationWarning)
    import matplotlib as mpl

    mpl.use("agg")
    import matplotlib.pyplot as plt

CURVE = np.array([-61.37, -52.91, -43.83, -38.29, -35.11, -33.71])
TABLE = np.array([[11.37, 12.91, 13.83], [24.29, 25.11, 26.71]])
SQUARE = np.array([[11.37, 12.91], [24.29, 25.11]])
SPIKES = np.array([12.35, 27.85, 41.15, 66.45])


class AlwaysEqual:
    """Says yes to everything."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __hash__(self):
        return 0

    __lt__ = __le__ = __gt__ = __ge__ = __eq__


class LyingFloat(float):
    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return 0.0

    def __float__(self):
        return 463.527

    def __abs__(self):
        return 0.0

    __hash__ = float.__hash__
    __rsub__ = __sub__


class LyingInt(int):
    def __eq__(self, other):
        return True

    def __int__(self):
        return 7

    __hash__ = int.__hash__
    __index__ = __int__


class LyingText(str):
    def __eq__(self, other):
        return True

    def __str__(self):
        return "excitatory"

    def casefold(self):
        return "excitatory"

    __hash__ = str.__hash__


class LyingList(list):
    def __eq__(self, other):
        return True

    def __iter__(self):
        return iter([1, 2])

    def __len__(self):
        return 2


class LyingDict(dict):
    def __contains__(self, key):
        return True

    def __iter__(self):
        return iter(["tau"])

    def keys(self):
        return ["tau"]

    def items(self):
        return [("tau", 1)]


class LyingArray(np.ndarray):
    def __array_ufunc__(self, *args, **kwargs):
        return np.array(True)

    def __array_function__(self, *args, **kwargs):
        return True

    def __eq__(self, other):
        return np.array(True)

    def view(self, *args):
        return np.array([11.37, 12.91])


class Raising:
    """Raises when it is read."""

    def __array__(self, *args, **kwargs):
        raise RuntimeError("no")

    def __float__(self):
        raise RuntimeError("no")


def endless():
    nested = []
    nested.append(nested)
    return nested


class Colour(enum.IntEnum):
    SEVEN = 7


def generator():
    yield 1.0


def stub(*args):
    raise NotImplementedError


def refuse(value):
    if value < 0:
        raise ValueError("negative")
    return value


# --- Right values in different clothes -------------------------------------------------------------------------------

RIGHT = [
    ("close", 463.527, 463.527, {}),
    ("close", np.float64(463.527), 463.527, {}),
    ("close", np.float32(463.527), 463.527, {"rtol": 1e-6}),
    ("close", np.longdouble(463.527), 463.527, {}),
    ("close", np.array(463.527), 463.527, {}),
    ("close", np.array([463.527]), 463.527, {}),
    ("close", [[463.527]], 463.527, {}),
    ("close", 463.527, [463.527], {}),
    ("close", 3, 3.0, {}),
    ("close", 10**20, 1e20, {}),
    ("close", fractions.Fraction(1, 4), 0.25, {}),
    ("close", list(CURVE), CURVE, {}),
    ("close", tuple(CURVE), CURVE, {}),
    ("close", [np.array([11.37, 12.91]), [24.29, 25.11]], SQUARE, {}),
    ("close", np.array(list(CURVE), dtype=object), CURVE, {}),
    ("close", np.ma.array(CURVE), CURVE, {}),
    ("close", np.asfortranarray(TABLE)[::1], TABLE, {}),
    ("close", range(3), [0.0, 1.0, 2.0], {}),
    ("close", np.array([True, False]), np.array([True, False]), {}),
    ("close", [1, 0], np.array([True, False]), {}),
    ("close", [], [], {}),
    ("close", np.inf, np.inf, {}),
    ("close", [1.0, -np.inf], [1.0, -np.inf], {}),
    ("close", 101.0, 100.0, {"rtol": 0.01}),
    ("close", 99.0, 100.0, {"rtol": 0.01}),
    ("close", -99.0, -100.0, {"rtol": 0.01}),
    ("close", 0.5, 0.0, {"atol": 0.5}),
    ("close", 101.5, 100.0, {"rtol": 0.01, "atol": 0.5}),
    ("close", 20.0, 20.0, {"mistakes": {"the same": 20.0}}),
    ("in_range", -65, (-80, 40), {}),
    ("in_range", [-80.0, 40.0], (-80, 40), {}),
    ("in_range", np.float32(0.5), (0, 1), {}),
    ("in_range", 1e300, (0, np.inf), {}),
    ("in_range", 5.0, (5.0, 5.0), {}),
    ("shape", TABLE, ((2, 3),), {}),
    ("shape", TABLE.tolist(), ((2, None),), {}),
    ("shape", [1, 2, 3], (3,), {}),
    ("shape", [1, 2, 3], ((None,),), {}),
    ("shape", 4.0, ((),), {}),
    ("shape", np.zeros((2, 3), dtype=bool), ((2, 3),), {}),
    ("shape", np.zeros((1, 2, 3)), ((None, 2, None),), {}),
    ("parts", (1, 2), (2,), {}),
    ("parts", [TABLE, None], (2,), {}),
    ("parts", TABLE, (2,), {}),
    ("parts", collections.namedtuple("Result", "v t")(1, 2), (2,), {}),
    ("equal", " Excitatory ", "excitatory", {}),
    ("equal", "sodium  Channel", "Sodium channel", {}),
    ("equal", np.str_("yes"), "yes", {}),
    ("equal", "\u03bcm", "\u00b5m", {}),
    ("equal", 7, 7, {}),
    ("equal", 7.0, 7, {}),
    ("equal", np.int32(7), 7, {}),
    ("equal", np.array(7), 7, {}),
    ("equal", np.array([7]), 7, {}),
    ("equal", Colour.SEVEN, 7, {}),
    ("equal", 10**400, 10**400, {}),
    ("equal", True, True, {}),
    ("equal", np.bool_(False), False, {}),
    ("equal", None, None, {}),
    ("equal", (1, 2), [1, 2], {}),
    ("equal", np.array([1, 2]), [1, 2], {}),
    ("equal", np.array([7]), [7], {}),
    ("equal", np.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]], {}),
    ("equal", [np.int64(1), np.int64(2)], ((1, 2),), {}),
    ("equal", np.array(["A", "b"]), ["a", "B"], {}),
    ("equal", {2, 1}, {1, 2}, {}),
    ("equal", [2, 1], {1, 2}, {}),
    ("equal", {"K": "out", "na": "in"}, {"Na": "in", "k": "OUT"}, {}),
    ("equal", collections.OrderedDict(a=[1, (2, 3)]), {"a": (1, [2, 3])}, {}),
    ("equal", {(0, 1): True}, {(0, 1): True}, {}),
    ("one_of", "Inward ", (["inward", "outward"],), {}),
    ("one_of", 2.0, ([1, 2],), {}),
    ("one_of", None, ([None, 2],), {}),
    ("keys", {"tau": 1, "other": 2}, (["tau"],), {}),
    ("keys", collections.defaultdict(int, tau=1), (["tau"],), {}),
    ("monotonic", [1, 2, 3], ("increasing",), {}),
    ("monotonic", np.array([3.0, 2.0]), ("decreasing",), {}),
    ("monotonic", [1, 1, 2], ("increasing",), {"strict": False}),
    ("monotonic", [1.0, 0.95, 2.0], ("increasing",), {"atol": 0.1}),
    ("monotonic", [1.0, 1.05, 0.5], ("decreasing",), {"atol": 0.1}),
    ("monotonic", [[1, 2], [3, 3]], ("increasing",), {}),
    ("conserved", [5.0, 5.0 + 1e-10, 5.0], (), {}),
    ("conserved", [[1.0, 2.0], [1.0, 2.0]], (), {}),
    ("conserved", [0.0, 0.1, -0.1], (), {"atol": 0.1}),
    ("conserved", [100.0, 101.0], (), {"rtol": 0.01}),
    ("spike_times", SPIKES, SPIKES, {"atol": 0.1}),
    ("spike_times", list(SPIKES[::-1]), SPIKES, {"atol": 0.1}),
    ("spike_times", SPIKES + [0.09, -0.09, 0.09, -0.09], SPIKES, {"atol": 0.1}),
    ("spike_times", [], [], {"atol": 0.1}),
    ("spike_times", 12.35, [12.35], {"atol": 0.1}),
    ("spike_times", [0.0, 12.0], [0, 12], {"atol": 0.1}),
    ("order", [0.1, 0.05, 0.025], ([4e-2, 1e-2, 2.5e-3], 2), {}),
    ("order", np.array([0.1, 0.01]), (np.array([0.1, 0.01]), 1.1), {}),
    ("mean_close", [9.0, 11.0, 10.0, 10.4], 10.0, {}),
    ("mean_close", [10.0, 10.0], 10.1, {"sigma": 1.0}),
    ("mean_close", [10.0, 10.0, 10.0, 10.0], 12.0, {"sigma": 1.0}),
    ("mean_close", [9.0, 11.0, 9.0, 11.0], 15.7, {"sigma": 3.0}),
    ("mean_close", [8.0, 16.0, 8.0, 16.0], 3.0, {}),
    ("mean_close", np.arange(12.0).reshape(3, 4), 5.5, {}),
    ("raises", refuse, (ValueError, -1), {}),
    ("raises", refuse, ((ValueError, KeyError), -1), {}),
    ("raises", refuse, (Exception, -1), {}),
    ("raises", stub, (NotImplementedError,), {}),
    ("labelled", {"axes": [{"xlabel": "Time (ms)", "ylabel": "V [mV]"}]}, (), {"x": "time (ms)", "y": "V (mV)"}),
    (
        "labelled",
        {"axes": [{"xlabel": "distance $x$ ($\\mu$m)", "ylabel": ""}, {"xlabel": "", "ylabel": "rate (1/s)"}]},
        (),
        {"x": "distance (µm)", "y": "Rate (Hz)"},
    ),
    (
        "labelled",
        {"axes": [{"xlabel": "x (um)", "ylabel": "i ($\\mathrm{\\mu A/cm^2}$)"}]},
        (),
        {"x": "x (\u03bcm)", "y": "(µA cm⁻²)"},
    ),
    ("labelled", {"axes": [{"xlabel": "r (kohm)", "ylabel": "f (kHz)"}]}, (), {"x": "(kΩ)", "y": "(1/ms)"}),
    ("labelled", {"axes": [{"xlabel": "cells", "ylabel": "R (kΩ·cm²)"}]}, (), {"x": "cell", "y": "R (kΩ cm2)"}),
]


def call(name, value, rest, kwargs):
    rest = rest if type(rest) is tuple else (rest,)
    return getattr(checks, name)(value, *rest, **{"what": "x", **kwargs})


@pytest.mark.parametrize(("name", "value", "rest", "kwargs"), RIGHT)
def test_right_values_pass_in_any_clothes_and_return_nothing(name, value, rest, kwargs, capsys):
    assert call(name, value, rest, kwargs) is None
    assert capsys.readouterr() == ("", "")


def test_a_pandas_table_with_named_columns_is_a_dict_as_in_grading():
    pd = pytest.importorskip("pandas")
    table = pd.DataFrame({"t": [0.0, 0.1], "V": [-65.0, -64.9]})
    with pytest.raises(checks.CheckFailed, match="a dict, or a table with named columns, where"):
        checks.close(table, table.to_numpy(), what="x")
    checks.keys(table, ["t", "V"], what="x")
    checks.equal(pd.DataFrame({"t": [1, 2]}), {"t": [1, 2]}, what="x")
    taken = values.decode(values.encode(table))
    assert taken.keys() == {"t", "V"} and taken["V"].tolist() == [-65.0, -64.9]


def test_a_pandas_series_is_an_array():
    pd = pytest.importorskip("pandas")
    checks.close(pd.Series(CURVE), CURVE, what="x")
    checks.close(pd.Series(list(CURVE), dtype=object), CURVE, what="x")
    checks.equal(pd.Series(["a", "b"]), ["a", "b"], what="x")
    checks.close(pd.DataFrame(TABLE), TABLE, what="x")
    with pytest.raises(checks.CheckFailed, match="the sign is wrong"):
        checks.close(pd.Series(-CURVE), CURVE, what="x")


# --- Wrong values, and the words ------------------------------------------------------------------------------------

R_IN = 463.527
WRONG = [
    # what is no number
    ("close", None, R_IN, {}, "still None"),
    ("close", ..., R_IN, {}, "not filled in"),
    ("close", NotImplemented, R_IN, {}, "not filled in"),
    ("close", refuse, R_IN, {}, "Forgot to call it"),
    ("close", float, R_IN, {}, "Forgot to call it"),
    ("close", generator(), CURVE, {}, "turn it into a list or an array"),
    ("close", map(float, "12"), CURVE, {}, "turn it into a list or an array"),
    ("close", {1: 2}.values(), CURVE, {}, "turn it into a list or an array"),
    ("close", object(), R_IN, {}, "of type object"),
    ("close", "463.527", R_IN, {}, "text in quotes"),
    ("close", b"463.527", R_IN, {}, "of type bytes"),
    ("close", np.array(["463.527"]), R_IN, {}, "text in quotes"),
    ("close", ["463.527"], [R_IN], {}, "text in quotes where a number belongs, first at index 0"),
    ("close", R_IN + 0j, R_IN, {}, "a complex number where a number belongs. Take its real part"),
    ("close", np.array([R_IN + 0j]), R_IN, {}, "complex"),
    ("close", True, 1.0, {}, "True or False"),
    ("close", np.array([True, False]), [1.0, 0.0], {}, "True or False"),
    ("close", {"a": 1}, R_IN, {}, "a dict, or a table with named columns, where a number belongs. Take the values out"),
    ("close", {1.0}, 1.0, {}, "a frozenset where"),
    ("close", [1.0, None, 3.0], CURVE, {}, "None where a number belongs, first at index 1"),
    ("close", [[1.0, 2.0], [3.0, None]], SQUARE, {}, "None where a number belongs, first at index (1, 1)"),
    ("close", np.array([1.0, None]), [1.0, 2.0], {}, "None where a number belongs, first at index 1"),
    ("close", [[1.0, 2.0], [3.0]], SQUARE, {}, "ragged"),
    ("close", [1.0, [2.0]], [1.0, 2.0], {}, "ragged"),
    ("close", 10**400, R_IN, {}, "too large for a float"),
    ("close", endless(), R_IN, {}, "nested too deeply"),
    ("close", Raising(), R_IN, {}, "cannot be read"),
    ("close", np.ma.array([1.0, 2.0], mask=[False, True]), [1.0, 2.0], {}, "masked"),
    ("close", np.array(["2020-01-01"], dtype="datetime64[D]"), R_IN, {}, "where a number belongs"),
    # NaN and infinity
    ("close", np.nan, R_IN, {}, "NaN"),
    ("close", np.inf, R_IN, {}, "infinite"),
    ("close", -np.inf, np.inf, {}, "infinite"),
    ("close", R_IN, np.inf, {}, "too small"),
    ("close", [1.0, 3.5], [1.0, np.inf], {}, "too small from index 1 to the end"),
    ("close", np.nan, np.nan, {}, "the expected value of this test: NaN"),
    ("close", [1.0, 2.0, 3.0, np.nan], [1.0, 2.0, 3.0, 4.0], {}, "NaN (not a number), first at index 3"),
    ("close", [1.0, 2.0, np.inf, np.nan], [1.0, 2.0, 3.0, 4.0], {}, "infinite, first at index 2"),
    ("close", np.full((2, 2), np.nan), CURVE, {}, "NaN (not a number), first at index (0, 0)"),
    # shapes
    ("close", CURVE[:-1], CURVE, {}, "wrong length: got 5 values, one too few"),
    ("close", np.append(CURVE, [1, 2]), CURVE, {}, "wrong length: got 8 values, 2 too many"),
    ("close", TABLE[:, :2], TABLE, {}, "got 2 values along axis 1, one too few"),
    ("close", TABLE.T, TABLE, {}, "transposed"),
    ("close", SQUARE.T, SQUARE, {}, "transposed"),
    ("close", R_IN, CURVE, {}, "a single number where an array belongs"),
    ("close", CURVE, R_IN, {}, "where one number belongs"),
    ("close", CURVE[None], CURVE, {}, "wrong number of axes: 2 (shape (1, 6)), 1 needed"),
    ("close", [], CURVE, {}, "got 0 values, 6 too few"),
    # foreseen mistakes
    ("close", 2.5, R_IN, {"mistakes": {"multiply": 2.4, "divide": 2.5}}, "x: divide"),
    ("close", 1e3 * R_IN, R_IN, {"mistakes": {"in kΩ": 1e3 * R_IN}}, "x: in kΩ"),
    ("close", CURVE[:-1], CURVE, {"mistakes": {"the last point": CURVE[:-1]}}, "x: the last point"),
    ("close", np.zeros(6), CURVE, {"mistakes": {"nothing happens": 0.0}}, "x: nothing happens"),
    ("close", 105.0, 100.0, {"rtol": 0.01, "mistakes": {"not this": 103.0, "this": 104.5}}, "x: this"),
    ("close", 101.5, 100.0, {"rtol": 0.01, "mistakes": {"no mistake": 100.7}}, "too large"),
    ("close", [1, 1], np.array([True, False]), {"mistakes": {"all": np.array([True, True])}}, "x: all"),
    ("close", R_IN * 2, R_IN, {"mistakes": {"undefined": np.nan}}, "2 times too large"),
    # powers of ten and units
    ("close", R_IN * 1e3, R_IN, {"unit": "mV"}, "1000 times too large: is this in µV rather than mV?"),
    ("close", R_IN / 1e3, R_IN, {"unit": "mV"}, "1000 times too small: is this in V rather than mV?"),
    ("close", R_IN / 1e3, R_IN, {}, "1000 times too small: is a unit"),
    ("close", R_IN * 1e3, R_IN, {"unit": "V"}, "1000 times too large: is this in mV rather than V?"),
    ("close", R_IN * 1e4, R_IN, {"unit": "cm"}, "10000 times too large: is this in µm rather than cm?"),
    ("close", R_IN / 1e4, R_IN, {"unit": "S/m²"}, "10000 times too small: is this in S/cm² rather than S/m²?"),
    ("close", R_IN * 1e3, R_IN, {"unit": "mS/cm²"}, "1000 times too large: is this in µS/cm² rather than mS/cm²?"),
    ("close", R_IN * 1e12, R_IN, {"unit": "µm³"}, "10^12 times too large"),
    ("close", R_IN / 1e12, R_IN, {"unit": "µm³"}, "10^12 times too small: is this in cm³ rather than µm³?"),
    ("close", R_IN / 1e3, R_IN, {"unit": "MΩ/µm"}, "is this in GΩ/µm rather than MΩ/µm?"),
    ("close", R_IN / 1e3, R_IN, {"unit": "Hz"}, "is this in kHz rather than Hz?"),
    ("close", R_IN / 100, R_IN, {"unit": "%"}, "a fraction rather than a percentage"),
    ("close", R_IN / 10, R_IN, {"unit": "spikes"}, "10 times too small: is a unit"),
    ("close", CURVE * 1e-3, CURVE, {"unit": "mV"}, "1000 times too small: is this in V rather than mV?"),
    ("close", -R_IN * 1e3, R_IN, {"unit": "mV"}, "1000 times too large: is this in µV rather than mV? The sign is wrong, too"),
    ("close", 1.002 * R_IN * 1e3, R_IN, {"rtol": 0.01}, "1000 times too large"),
    # signs and factors
    ("close", -R_IN, R_IN, {}, "the sign is wrong"),
    ("close", -CURVE, CURVE, {}, "the sign is wrong"),
    ("close", 2 * R_IN, R_IN, {}, "2 times too large"),
    ("close", R_IN / 2, R_IN, {}, "2 times too small"),
    ("close", 4 * CURVE, CURVE, {}, "4 times too large"),
    ("close", 8 * R_IN, R_IN, {}, "8 times too large"),
    ("close", np.pi * R_IN, R_IN, {}, "π times too large"),
    ("close", R_IN / (2 * np.pi), R_IN, {}, "2π times too small. Hz or radians"),
    ("close", 4 * np.pi * R_IN, R_IN, {}, "4π times too large"),
    ("close", CURVE * np.sqrt(2), CURVE, {}, "√2 times too large"),
    ("close", R_IN / np.log(10), R_IN, {}, "ln 10 times too small. log or log10?"),
    ("close", R_IN * np.pi / 180, R_IN, {}, "180/π times too small. Degrees"),
    ("close", -2 * R_IN, R_IN, {}, "2 times too large. A radius for a diameter, or something counted twice?. The sign"[:19]),
    ("close", -2 * R_IN, R_IN, {}, "The sign is wrong, too"),
    ("close", 2 * np.array([0.0, 3.7]), [0.0, 3.7], {}, "2 times too large"),
    # offsets and order
    ("close", R_IN + 273.15, R_IN, {"unit": "K"}, "off by 273.15"),
    ("close", CURVE - 273.15, CURVE, {}, "off by 273.15"),
    ("close", CURVE + 65.43, CURVE, {"unit": "mV"}, "shifted by a constant"),
    ("close", CURVE[::-1], CURVE, {}, "in reverse order"),
    ("close", CURVE[[1, 0, 2, 3, 4, 5]], CURVE, {}, "the right numbers in the wrong order"),
    ("close", np.append(-70.03, CURVE[:-1]), CURVE, {}, "one step too late"),
    ("close", np.append(CURVE[1:], -33.03), CURVE, {}, "one step too early"),
    # anything else
    ("close", 0.0, R_IN, {}, "zero"),
    ("close", np.zeros(6), CURVE, {}, "zero everywhere"),
    ("close", 0.3, 0.0, {}, "too large"),
    ("close", 1.005 * R_IN, R_IN, {}, "too large, by less than 1 %"),
    ("close", 0.97 * R_IN, R_IN, {}, "too small, by a few per cent"),
    ("close", 1.06 * R_IN, R_IN, {}, "too large, by 5 to 20 %"),
    ("close", 1.19 * R_IN, R_IN, {}, "too large, by 5 to 20 %"),
    ("close", 0.6 * R_IN, R_IN, {}, "too small, by tens of per cent"),
    ("close", 17.3 * R_IN, R_IN, {}, "too large, by far"),
    ("close", -1.1 * R_IN, -R_IN, {}, "too negative"),
    ("close", -0.9 * R_IN, -R_IN, {}, "not negative enough"),
    ("close", CURVE * [1, 1, 1, 1.1, 1.1, 1.1], CURVE, {}, "too negative from index 3 to the end, by 5 to 20 %"),
    ("close", [300.0, 10.0], [300.0, 0.7], {}, "too large from index 1 to the end, by a few per cent of the largest value, at worst"),
    ("close", CURVE * [0.9, 0.9, 1, 1, 1, 1], CURVE, {}, "not negative enough at the beginning, up to index 1"),
    ("close", CURVE * [1, 1, 0.7, 1, 1.2, 1], CURVE, {}, "partly too large, partly too small at 2 of 6 places, first at index 2"),
    ("close", CURVE**2 / 40, CURVE, {}, "too large everywhere"),
    ("close", TABLE + [[0, 0, 0], [0, 7, 0]], TABLE, {}, "too large at 1 of 6 places, first at index (1, 1)"),
    # just beyond the tolerance
    ("close", 101.1, 100.0, {"rtol": 0.01}, "too large"),
    ("close", 98.9, 100.0, {"rtol": 0.01}, "too small"),
    ("close", 0.51, 0.0, {"atol": 0.5}, "too large"),
    ("close", [100.0, 101.1], [100.0, 100.0], {"rtol": 0.01}, "too large from index 1"),
    ("close", 463.5275, R_IN, {}, "too large, by less"),
    # ranges
    ("in_range", None, (-80.37, 40.37), {}, "still None"),
    ("in_range", np.nan, (-80.37, 40.37), {}, "NaN"),
    ("in_range", np.inf, (0.0, np.inf), {}, "infinite"),
    ("in_range", [], (-80.37, 40.37), {}, "empty"),
    ("in_range", 41.0, (-80.37, 40.37), {}, "too large to be possible"),
    ("in_range", [0.0, -90.0, 50.0], (-80.37, 40.37), {}, "too small to be possible, first at index 1"),
    ("in_range", 20.5, (-70.37, -10.37), {}, "the sign seems to be wrong"),
    ("in_range", 0.0205, (10.37, 70.37), {"unit": "ms"}, "about 1000 times too small: is this in s rather than ms?"),
    ("in_range", -20500.0, (-70.37, -10.37), {"unit": "mV"}, "about 1000 times too large: is this in µV"),
    ("in_range", 0.02, (0.37, 70.37), {"mistakes": {"a probability": 0.02}}, "x: a probability"),
    ("in_range", 0.02, (0.37, 70.37), {"mistakes": {"inside": 0.38}}, "too small to be possible"),
    # shapes
    ("shape", None, ((2,),), {}, "still None"),
    ("shape", [1.0, np.nan], ((2,),), {}, "NaN (not a number), first at index 1"),
    ("shape", ["a", "b"], ((2,),), {}, "text in quotes"),
    ("shape", [1, 2], ((),), {}, "where one number belongs"),
    ("shape", 1, ((2,),), {}, "a single number where an array belongs"),
    ("shape", TABLE.T, ((2, 3),), {}, "transposed"),
    ("shape", TABLE.T, ((2, None),), {}, "transposed"),
    ("shape", [1, 2, 3], (2,), {}, "wrong length: got 3 values, one too many"),
    ("shape", np.zeros((2, 2, 2)), ((None, None),), {}, "wrong number of axes: 3"),
    # parts
    ("parts", None, (2,), {}, "still None"),
    ("parts", 3.0, (2,), {}, "one thing of type float, where 2 are to be returned"),
    ("parts", "ab", (2,), {}, "one thing of type str"),
    ("parts", {1: 2, 3: 4}, (2,), {}, "one thing of type dict"),
    ("parts", np.array(3.0), (2,), {}, "one thing of type ndarray"),
    ("parts", (1, 2, 3), (2,), {}, "3 parts, one too many"),
    ("parts", np.zeros(100), (2,), {}, "100 parts, 98 too many"),
    # words, whole numbers, containers
    ("equal", None, "inhibitory", {}, "still None"),
    ("equal", "excitatory", "inhibitory", {}, "not right"),
    ("equal", "inhi bitory", "inhibitory", {}, "not right"),
    ("equal", 1, True, {}, "a number where True or False belongs"),
    ("equal", True, 1, {}, "True or False where a number belongs"),
    ("equal", "True", True, {}, "text in quotes where True or False belongs"),
    ("equal", "7", 7, {}, "text in quotes where a number belongs"),
    ("equal", 1.0, True, {}, "a number where True"),
    ("equal", False, True, {}, "not right"),
    ("equal", [True], [1], {}, "wrong at index 0"),
    ("equal", 4711, 4713, {}, "too small"),
    ("equal", 4714, 4713, {}, "too large"),
    ("equal", 4713.2, 4713, {}, "not a whole number"),
    ("equal", np.nan, 4713, {}, "a NaN where a number belongs"),
    ("equal", np.nan, np.nan, {}, "not right"),
    ("equal", [np.nan], [np.nan], {}, "wrong at index 0"),
    ("equal", 10**400, 4713, {}, "too large"),
    ("equal", [7], 7, {}, "a list where a number belongs"),
    ("equal", (7,), 7, {}, "a list where a number belongs"),
    ("equal", 7, [7], {}, "a number where a list belongs"),
    ("equal", (4711, 4712), [4711, 4713], {}, "wrong at index 1"),
    ("equal", [4713, 4711], [4711, 4713], {}, "right elements in the wrong order"),
    ("equal", [4711], [4711, 4713], {}, "got 1 elements, one too few"),
    ("equal", {4711}, {4711, 4713}, {}, "got 1 elements, one too few"),
    ("equal", [4711, 4711, 4713], {4711, 4713}, {}, "a list where a set belongs"),
    ("equal", {4711, 4712}, {4711, 4713}, {}, "1 of 2 elements wrong"),
    ("equal", {"tau": 4711}, {"tau": 4713}, {}, "1 of 1 elements wrong"),
    ("equal", {"tau": 1}, {"lambda": 1}, {}, "1 of 1 elements wrong"),
    ("equal", "outward", "inward", {"mistakes": {"look at the sign": "Outward"}}, "x: look at the sign"),
    ("equal", "none", "inward", {"mistakes": {"look at the sign": "Outward"}}, "x: not right"),
    ("equal", lambda: "inward", "inward", {}, "Forgot to call it"),
    ("equal", generator(), [1], {}, "turn it into a list"),
    ("equal", endless(), [1], {}, "nested too deeply"),
    ("equal", 7 + 0j, 7, {}, "a complex where a number belongs"),
    ("one_of", None, (["inward", "outward"],), {}, "still None"),
    ("one_of", "inwrad", (["inward", "outward"],), {}, "typing error. Choose from 'inward', 'outward'"),
    ("one_of", "sideways!", (["inward", "outward"],), {}, "not one of the answers to choose from"),
    ("one_of", True, ([1, 2],), {}, "Choose from 1, 2"),
    ("one_of", 3, ([1, 2],), {}, "Choose from 1, 2"),
    ("keys", None, (["tau"],), {}, "still None"),
    ("keys", [("tau", 1)], (["tau"],), {}, "of type list: a dict is needed"),
    ("keys", {"Tau": 1}, (["tau"],), {}, "missing key 'tau'"),
    ("keys", {}, (["tau", "r_in"],), {}, "missing keys 'tau', 'r_in'"),
    # series
    ("monotonic", [1, 2, 2], ("increasing",), {}, "it stays the same after index 1"),
    ("monotonic", [1, 3, 2], ("increasing",), {}, "it turns back after index 1"),
    ("monotonic", [1, 3, 2], ("increasing",), {"strict": False}, "turns back after index 1"),
    ("monotonic", [3, 2, 1], ("increasing",), {}, "runs the other way round"),
    ("monotonic", [1, 2, 3], ("decreasing",), {}, "not decreasing throughout"),
    ("monotonic", [1.0, 0.85, 2.0], ("increasing",), {"atol": 0.1}, "turns back after index 0"),
    ("monotonic", [1], ("increasing",), {}, "fewer than two values"),
    ("monotonic", 1.0, ("increasing",), {}, "fewer than two values"),
    ("monotonic", [[1, 2], [3, 1]], ("increasing",), {}, "turns back after index (0, 1)"),
    ("monotonic", [1, np.nan, 3], ("increasing",), {}, "NaN"),
    ("conserved", [5.0, 5.1, 5.2], (), {}, "from index 1 on: it grows all the time"),
    ("conserved", [5.0, 4.9, 4.8], (), {}, "it shrinks all the time. Is something counted twice"),
    ("conserved", [5.0, 5.0, 5.2, 5.0], (), {}, "from index 2 on: it changes"),
    ("conserved", [5.0], (), {}, "fewer than two values"),
    ("conserved", [100.0, 101.1], (), {"rtol": 0.01}, "not conserved"),
    ("conserved", [0.0, 0.0, 0.11], (), {"atol": 0.1}, "not conserved"),
    ("conserved", [[1.0, 2.0], [1.0, 2.1]], (), {}, "from index (1, 1)"),
    # spikes
    ("spike_times", None, SPIKES, {"atol": 0.1}, "still None"),
    ("spike_times", [], SPIKES, {"atol": 0.1}, "no spike was found"),
    ("spike_times", [1.0, np.nan], SPIKES, {"atol": 0.1}, "NaN"),
    ("spike_times", SPIKES[None], SPIKES, {"atol": 0.1}, "wrong number of axes"),
    ("spike_times", SPIKES[:-1], SPIKES, {"atol": 0.1}, "got 3 spikes, one too few: the first 3 are right, look at the end"),
    ("spike_times", SPIKES[1:], SPIKES, {"atol": 0.1}, "one too few: the last 3 are right, look at the beginning"),
    ("spike_times", np.append(SPIKES, 80.0), SPIKES, {"atol": 0.1}, "one too many: the first 4 are right"),
    ("spike_times", np.append(0.0, SPIKES), SPIKES, {"atol": 0.1}, "the last 4 are right"),
    ("spike_times", SPIKES[[0, 1, 3]], SPIKES, {"atol": 0.1}, "got 3 spikes, one too few"),
    ("spike_times", [5.0], [], {"atol": 0.1}, "got 1 spikes, one too many"),
    ("spike_times", np.repeat(SPIKES, 2) + np.tile([0, 0.1], 4), SPIKES, {"atol": 0.1}, "counted more than once"),
    ("spike_times", [12.35, 12.4, 12.45], [12.35], {"atol": 0.1}, "counted more than once"),
    ("spike_times", SPIKES / 1000, SPIKES, {"atol": 0.1}, "1000 times too small: is this in s rather than ms?"),
    ("spike_times", [494, 1114, 1646, 2658], SPIKES, {"atol": 0.1}, "indices rather than times"),
    ("spike_times", SPIKES * 10, SPIKES, {"atol": 0.1}, "10 times too large"),
    ("spike_times", SPIKES + 5.3, SPIKES, {"atol": 0.1}, "shifted by a constant"),
    ("spike_times", SPIKES + [0, 0, 0, 0.2], SPIKES, {"atol": 0.1}, "too large from index 3 to the end"),
    ("spike_times", SPIKES - [0, 3, 0, 0], SPIKES, {"atol": 0.1}, "too small at 1 of 4 places, first at index 1"),
    ("spike_times", SPIKES, [np.nan], {"atol": 0.1}, "the expected value of this test: NaN"),
    # convergence
    ("order", [0.1, 0.05], ([1e-2, 5e-3], 2), {}, "converges too slowly: the measured order is about 1.0"),
    ("order", [0.1, 0.05], ([1e-2, 2.5e-3], 1), {}, "converges too fast"),
    ("order", [0.1, 0.05], ([1e-2, 1e-2], 1), {}, "not at all, or to another solution"),
    ("order", [0.1, 0.05], ([0.0, 0.0], 1), {}, "compared with itself"),
    ("order", [0.1, 0.05], ([1e-2, -5e-3], 1), {}, "zero or negative at index 1"),
    ("order", [0.1, 0.1], ([1e-2, 5e-3], 1), {}, "two different steps"),
    ("order", [0.1, 0.0], ([1e-2, 5e-3], 1), {}, "two different steps"),
    ("order", [0.1, 0.05], ([1e-2], 1), {}, "x, the errors: fewer than two"),
    ("order", [0.1, 0.05], ([1e-2, 5e-3, 1e-3], 1), {}, "x, the errors: wrong length"),
    ("order", [0.1, 0.05], (None, 1), {}, "x, the errors: still None"),
    ("order", [0.1, 0.05], ([1e-2, 5e-3 / 2**0.2], 1), {}, "converges too fast"),
    # means
    ("mean_close", [9.0, 11.0, 10.0, 10.4], R_IN, {}, "too small, by far (the mean of 4 samples, beyond chance)"),
    ("mean_close", [0.46, 0.47, 0.461, 0.463], R_IN, {"unit": "Hz"}, "1000 times too small: is this in kHz rather than Hz?"),
    ("mean_close", [10.0, 10.0, 10.0], 10.0, {}, "the same in all samples"),
    ("mean_close", [-1.0, 1.0, -1.0, 1.0], 137.3, {}, "zero (the mean of 4 samples"),
    ("in_range", 1e305, (10.37, 70.37), {}, "too large to be possible"),
    ("equal", [10**5000, 4711], [4711, 4713], {}, "wrong at index 0"),
    ("mean_close", [10.0], 10.0, {}, "fewer than two"),
    ("mean_close", [10.0, 12.0, 8.0, 10.0], 13.37, {}, "too small"),
    ("mean_close", [10.0, 10.1], 13.37, {"sigma": 1.0}, "too small"),
    ("mean_close", [9.9, 10.1, 9.9, 10.1], 10.37, {"sigma": 0.1}, "too small, by a few per cent"),
    ("mean_close", [9.9, 10.1, 9.9, 10.1], 10.37, {}, "too small, by a few per cent"),
    ("mean_close", [9.0, 11.0, 9.0, 11.0], 16.37, {"sigma": 3.0}, "too small"),
    ("mean_close", [-400.0, 420.0], 137.3, {"sigma": 1.0}, "too small"),
    ("mean_close", [10.0, np.nan], 10.0, {}, "NaN"),
    # exceptions
    ("raises", refuse, (ValueError, 1), {}, "should raise ValueError for such input, but returns"),
    ("raises", refuse, (KeyError, -1), {}, "should raise KeyError, but raises ValueError"),
    ("raises", refuse, ((KeyError, IndexError), -1), {}, "should raise KeyError or IndexError"),
    ("raises", stub, (RuntimeError,), {}, "not filled in yet"),
    ("raises", stub, (Exception,), {}, "not filled in yet"),
    ("raises", None, (ValueError,), {}, "of type NoneType: a function is needed"),
    # labels
    ("labelled", None, (), {"x": "time (ms)", "y": "V (mV)"}, "nothing in it"),
    ("labelled", {"axes": []}, (), {"x": "time (ms)", "y": "V (mV)"}, "nothing in it"),
    ("labelled", {"axes": [{"xlabel": "", "ylabel": "V (mV)"}]}, (), {"x": "time (ms)", "y": "V (mV)"}, "x axis has no label"),
    ("labelled", {"axes": [{"xlabel": "time (ms)", "ylabel": ""}]}, (), {"x": "time (ms)", "y": "V (mV)"}, "y axis has no label"),
    ("labelled", {"axes": [{"xlabel": "t (ms)", "ylabel": "V (mV)"}]}, (), {"x": "time (ms)", "y": "V (mV)"}, "x axis does not name"),
    ("labelled", {"axes": [{"xlabel": "time, ms", "ylabel": "V (mV)"}]}, (), {"x": "time (ms)", "y": "V (mV)"}, "x axis has no unit in brackets"),
    ("labelled", {"axes": [{"xlabel": "time (s)", "ylabel": "V (mV)"}]}, (), {"x": "time (ms)", "y": "V (mV)"}, "x axis has another unit"),
    ("labelled", {"axes": [{"xlabel": "time (mS)", "ylabel": "V (mV)"}]}, (), {"x": "time (ms)", "y": "V (mV)"}, "x axis has another unit"),
    ("labelled", {"axes": [{"xlabel": "time (ms)", "ylabel": "I (µA/cm)"}]}, (), {"x": "time (ms)", "y": "I (µA/cm²)"}, "y axis has another unit"),
]  # fmt: skip


def message(name, value, rest, kwargs):
    with pytest.raises(checks.CheckFailed) as failure:
        call(name, value, rest, kwargs)
    assert failure.value.__context__ is None
    return str(failure.value)


@pytest.mark.parametrize(("name", "value", "rest", "kwargs", "words"), WRONG)
def test_wrong_values_fail_with_the_cause(name, value, rest, kwargs, words):
    assert words in message(name, value, rest, kwargs)


@pytest.mark.parametrize(
    ("name", "value", "rest", "kwargs", "text"),
    [
        ("close", [1.0, None], [1.0, 2.0], {}, "x: None where a number belongs, first at index 1"),
        ("close", None, 1.0, {}, "x: still None. Has the task been done? Does the function end with return?"),
        ("close", R_IN * 1e3, R_IN, {"unit": "pA"}, "x: 1000 times too large: is this in fA rather than pA?"),
        ("close", R_IN / 1e6, R_IN, {"unit": "pA"}, "x: 1000000 times too small: is this in µA rather than pA?"),
        ("close", R_IN / 1e6, R_IN, {"unit": "uM"}, "x: 1000000 times too small: is this in M rather than uM?"),
        ("close", R_IN * 1e3, R_IN, {"unit": "1/ms"}, "x: 1000 times too large: is this in 1/s rather than 1/ms?"),
        (
            "close",
            R_IN * 1e6,
            R_IN,
            {"unit": "mM/ms"},
            "x: 1000000 times too large: is this in nM/ms rather than mM/ms?",
        ),
        ("close", R_IN * 100, R_IN, {"unit": "m"}, "x: 100 times too large: is this in cm rather than m?"),
        (
            "close",
            R_IN / 100,
            R_IN,
            {"unit": "m"},
            "x: 100 times too small: is a unit converted the wrong way, or not at all?",
        ),
        ("close", 0.3, 0.0, {}, "x: too large, by far"),
        ("close", 4.0, np.inf, {}, "x: too small, by far"),
        ("in_range", True, (0.0, 1.0), {}, "x: True or False where a number belongs"),
        ("in_range", 2.5, (0.0, 1.0), {"mistakes": {"far": 2.6}}, "x: too large to be possible"),
        (
            "in_range",
            42e-9,
            (31.7, 44.3),
            {"unit": "S"},
            "x: about 1000000000 times too small: is a unit converted the wrong way, or not at all?",
        ),
        (
            "in_range",
            42e6,
            (31.7, 44.3),
            {"unit": "mV"},
            "x: about 1000000 times too large: is this in nV rather than mV?",
        ),
        ("in_range", [42e3, 42e6], (31.7, 44.3), {"unit": "mV"}, "x: too large to be possible, first at index 0"),
        ("in_range", -2.5, (0.0, 1.0), {}, "x: too small to be possible"),
        ("in_range", [0.5, -0.5], (0.0, 1.0), {}, "x: too small to be possible, first at index 1"),
        ("spike_times", [5.0], [], {"atol": 0.1}, "x: got 1 spikes, one too many"),
        ("spike_times", SPIKES[[0, 1, 3]], SPIKES, {"atol": 0.1}, "x: got 3 spikes, one too few"),
        ("equal", "a", 1, {}, "x: text in quotes where a number belongs"),
        ("one_of", "z", (["a", "b"],), {}, "x: not one of the answers to choose from. Choose from 'a', 'b'"),
        ("keys", [], (["a"],), {}, "x: of type list: a dict is needed, such as {name: number}"),
        ("shape", TABLE, ((2, 2),), {}, "x: wrong length: got 3 values along axis 1, one too many"),
    ],
)
def test_the_whole_message(name, value, rest, kwargs, text):
    assert message(name, value, rest, kwargs) == text


def spellings(expected):
    """Spell the numbers of an expected value in the ways in which a message could give them away."""
    for number in np.ravel(np.array(expected, dtype=float)):
        if len(f"{abs(number):.4g}".replace(".", "").strip("0")) >= 3 and np.isfinite(number):
            yield from {
                f"{abs(number):g}",
                f"{abs(number):.3g}",
                f"{abs(number):.4g}",
                f"{abs(number):.1f}",
                str(abs(number)),
            }


def numeric_answers():
    for case in WRONG:
        name, _, rest, _, _ = case
        if name in ("close", "spike_times", "mean_close", "in_range"):
            yield pytest.param(*case[:4], rest)
        elif name == "equal" and not isinstance(rest, (str, bool, dict, set, type(None))) and np.ndim(rest) < 2:
            yield pytest.param(*case[:4], rest)
        elif name == "equal" and isinstance(rest, set):
            yield pytest.param(*case[:4], list(rest))


@pytest.mark.parametrize(("name", "value", "rest", "kwargs", "secret"), list(numeric_answers()))
def test_no_message_contains_the_expected_number(name, value, rest, kwargs, secret):
    text = message(name, value, rest, kwargs)
    if "273.15" not in text and "number of axes" not in text:
        assert [spelling for spelling in spellings(secret) if spelling in text] == []


@pytest.mark.parametrize("wrong", ["excitatory", 3, None, True, ["inhibitory"], "inhibitori"])
def test_no_message_contains_the_expected_word(wrong):
    assert "inhibitory" not in message("equal", wrong, "inhibitory", {})


def test_no_message_tells_the_range_or_the_tolerance():
    for wrong in (-1e5, 1e5, 4.2, -4.2, 0.00042, 42000.0):
        text = message("in_range", wrong, (31.7, 44.3), {"unit": "ms"})
        assert "31.7" not in text
        assert "44.3" not in text


@pytest.mark.parametrize("expected", [R_IN, CURVE, -CURVE, TABLE])
@pytest.mark.parametrize(
    "spoil",
    [
        lambda v: v * 1e3,
        lambda v: -v,
        lambda v: 2 * v,
        lambda v: v + 1.7,
        lambda v: v - 273.15,
        lambda v: v / 4 / np.pi,
        lambda v: v * 1.05,
    ],
)
@pytest.mark.parametrize("rtol", [1e-9, 1e-6, 1e-3, 0.01])
def test_a_diagnosis_never_makes_a_value_right(expected, spoil, rtol):
    expected = np.array(expected)
    if not np.allclose(spoil(expected), expected, rtol=rtol, atol=0):
        assert message("close", spoil(expected), (expected,), {"rtol": rtol})


# --- Hostile values --------------------------------------------------------------------------------------------------

HOSTILE = [
    ("close", AlwaysEqual(), R_IN, {}),
    ("close", [AlwaysEqual()], [R_IN], {}),
    ("close", np.array([AlwaysEqual()]), [R_IN], {}),
    ("close", LyingFloat(1.0), R_IN, {}),
    ("close", [LyingFloat(1.0)], [R_IN], {}),
    ("close", LyingInt(3), 7.0, {}),
    ("close", np.array([1.0, 2.0]).view(LyingArray), [11.37, 12.91], {}),
    ("close", LyingList([3.0, 4.0]), [1.0, 2.0], {}),
    ("in_range", LyingFloat(1.0), (2.0, 3.0), {}),
    ("in_range", AlwaysEqual(), (2.0, 3.0), {}),
    ("shape", LyingList([3.0, 4.0, 5.0]), ((2,),), {}),
    ("parts", LyingList([3.0, 4.0, 5.0]), (2,), {}),
    ("equal", AlwaysEqual(), "excitatory", {}),
    ("equal", [AlwaysEqual()], ["excitatory"], {}),
    ("equal", {"a": AlwaysEqual()}, {"a": 1}, {}),
    ("equal", {AlwaysEqual()}, {"a"}, {}),
    ("equal", LyingText("inhibitory"), "excitatory", {}),
    ("equal", LyingInt(3), 7, {}),
    ("equal", LyingFloat(3.0), 7, {}),
    ("equal", LyingList([3, 4]), [1, 2], {}),
    ("equal", LyingDict(tau=2), {"tau": 1}, {}),
    ("one_of", LyingText("sideways"), (["excitatory", "inhibitory"],), {}),
    ("one_of", AlwaysEqual(), (["excitatory", "inhibitory"],), {}),
    ("keys", LyingDict(), (["tau"],), {}),
    ("keys", AlwaysEqual(), (["tau"],), {}),
    ("monotonic", np.array([3.0, 2.0]).view(LyingArray), ("increasing",), {}),
    ("conserved", np.array([3.0, 2.0]).view(LyingArray), (), {}),
    ("spike_times", np.array([3.0, 2.0]).view(LyingArray), [11.37, 12.91], {"atol": 0.1}),
    ("labelled", LyingDict(), (), {"x": "time", "y": "V"}),
]


@pytest.mark.parametrize(("name", "value", "rest", "kwargs"), HOSTILE)
def test_hostile_values_do_not_pass(name, value, rest, kwargs):
    assert message(name, value, rest, kwargs)


def test_a_number_too_long_to_print():
    assert "not one of the answers" in message("one_of", 10**5000, (["inward", "outward"],), {})
    assert "too large" in message("equal", 10**5000, 4713, {})


def test_a_value_is_read_once():
    class Moody:
        reads = 0

        def __array__(self, *args, **kwargs):
            self.reads += 1
            return np.array([float(self.reads)])

    moody = Moody()
    checks.close(moody, [1.0], what="x")
    assert moody.reads == 1


def test_values_are_not_changed():
    value = [3.0, 1.0, 2.0]
    array = np.array(value)
    for wanted in ([1.0, 2.0, 3.0], [5.0, 5.0, 5.0]):
        for check, kwargs in ((checks.close, {}), (checks.spike_times, {"atol": 0.1})):
            for thing in (value, array):
                try:
                    check(thing, wanted, what="x", **kwargs)
                except checks.CheckFailed:
                    pass
    assert value == array.tolist() == [3.0, 1.0, 2.0]


# --- Running and passing ---------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def fresh_registry(monkeypatch):
    monkeypatch.setattr(checks, "_tests", {})
    monkeypatch.setattr(checks, "_running", None)


def table(capsys, *args, **kwargs):
    capsys.readouterr()
    checks.summary(*args, **kwargs)
    return capsys.readouterr().out


def test_a_passing_test_says_so(capsys):
    checks.begin("test_tau", points=2)
    checks.passed("test_tau")
    assert capsys.readouterr().out == "Visible checks passed: test_tau (2 points).\n"
    checks.begin("test_one", 1)
    checks.passed("test_one")
    assert capsys.readouterr().out == "Visible checks passed: test_one (1 point).\n"


def test_summary_lists_what_is_open(capsys):
    checks.begin("test_tau", points=2)
    checks.passed("test_tau")
    checks.begin("test_lambda", points=3)
    with pytest.raises(checks.CheckFailed):
        checks.close(None, 1.0, what="lambda_m(1, 2)")
    checks.begin("test_stub", points=4)  # then NotImplementedError in the student's code
    out = table(
        capsys,
        {"test_lambda": 3, "test_tau": 2, "test_stub": 4, "test_never": 11},
        by_hand={"discuss_two_slopes": 3},
    )
    lines = out.splitlines()
    assert lines[0].split() == ["task", "points", "state"]
    assert lines[1].startswith("test_lambda              3  open: lambda_m(1, 2): still None.")
    assert lines[2].split() == ["test_tau", "2", "passed"]
    assert lines[3].endswith("open: run, not passed: see the message below that cell")
    assert lines[4].endswith("11  open: not run yet")
    assert lines[5].split() == ["discuss_two_slopes", "3", "marked", "by", "hand"]
    assert (
        "Visible checks passed for 2 of 20 automatic points; hidden tests with other inputs decide at grading." in out
    )
    assert "restart the kernel, run all cells" in lines[-1]
    assert "save" in lines[-1]


def test_a_test_that_runs_again_forgets(capsys):
    tests = {"test_tau": 2}
    checks.begin("test_tau", points=2)
    checks.passed("test_tau")
    checks.begin("test_tau", points=2)
    assert "0 of 2" in table(capsys, tests)
    with pytest.raises(checks.CheckFailed):
        checks.close(1.0, 2.0, what="tau")
    assert "open: tau: 2 times too small" in table(capsys, tests)
    checks.begin("test_tau", points=2)
    assert "see the message below that cell" in table(capsys, tests)
    checks.passed("test_tau")
    out = table(capsys, tests)
    assert "2 of 2" in out
    assert "open" not in out


def test_a_long_message_takes_one_line(capsys):
    checks.begin("test_tau", points=2)
    with pytest.raises(checks.CheckFailed):
        checks.close(1.0, 3.0, what="a very long name\n" * 20)
    lines = table(capsys, {"test_tau": 2}).splitlines()
    assert len(lines) == 5
    assert len(lines[1]) < 120
    assert lines[1].endswith(" ...")


def test_a_check_outside_a_test_is_not_noted(capsys):
    checks.begin("test_tau", points=2)
    checks.passed("test_tau")
    with pytest.raises(checks.CheckFailed):
        checks.close(1.0, 2.0, what="tried out")
    assert "passed" in table(capsys, {"test_tau": 2}).splitlines()[1]


def test_fractions_of_points_and_no_tests(capsys):
    assert "0 of 0.5" in table(capsys, {"test_tau": 0.5})
    assert "0 of 0 automatic points" in table(capsys, {})


# --- Figures ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def figure():
    with plt.style.context(str(STUDENT / "course.mplstyle")):
        fig, axes = plt.subplots(2, 2, layout="constrained")
    (a, b), (c, d) = axes
    a.plot([0, 1, 2], [-65, -60, np.nan], label="soma")
    a.set(xlabel="time (ms)", ylabel="membrane potential (mV)", title="step", xlim=(0, 2), ylim=(-70, -50))
    a.legend()
    b.scatter([1, 2], [3, 4], label="cells")
    b.set_yscale("log")
    b.fill_between([1, 2], [3, 4])
    c.imshow([[1, 2], [3, 4]], extent=(0, 2, 0, 1))
    d.bar([1, 2], [5.0, 6.0], width=0.5)
    d.eventplot([[1.5, 2.5], [3.5]])
    yield fig, axes
    plt.close(fig)


def test_figure_data_is_plain(figure):
    data = checks.figure_data(figure[0])
    assert json.loads(json.dumps(data)).keys() == {"axes"}
    a, b, c, d = data["axes"]
    assert (a["xlabel"], a["ylabel"], a["title"]) == ("time (ms)", "membrane potential (mV)", "step")
    assert (a["xlim"], a["ylim"], a["xscale"], b["yscale"]) == ([0, 2], [-70, -50], "linear", "log")
    assert a["legend"] == ["soma"]
    assert b["legend"] == []
    assert a["lines"][0]["label"] == "soma"
    assert a["lines"][0]["x"] == [0, 1, 2]
    assert a["lines"][0]["y"][:2] == [-65, -60]
    assert np.isnan(a["lines"][0]["y"][2])
    assert b["points"] == [{"label": "cells", "x": [1, 2], "y": [3, 4]}]
    assert (a["lines"][0]["linestyle"], a["lines"][0]["marker"]) == ("-", "")
    assert c["images"] == [{"data": [[1, 2], [3, 4]], "extent": [0, 2, 0, 1]}]
    assert d["bars"][1] == {"x": 1.75, "y": 0, "width": 0.5, "height": 6.0}
    assert [event["positions"] for event in d["events"]] == [[1.5, 2.5], [3.5]]
    checks.labelled(data, x="time (ms)", y="potential (mV)")


@pytest.mark.parametrize(
    ("options", "linestyle", "marker"),
    [
        ({}, "-", ""),
        ({"ls": "--"}, "--", ""),
        ({"ls": (0, (5, 1)), "marker": "s"}, "--", "s"),
        ({"marker": "o", "ls": ""}, "", "o"),
        ({"marker": "o", "ls": "none"}, "", "o"),
        ({"marker": "o", "lw": 0}, "", "o"),
        ({"marker": 4}, "-", "4"),
        ({"marker": ".", "ms": 0}, "-", ""),
        ({"marker": " "}, "-", ""),
        ({"marker": None}, "-", ""),
    ],
)
def test_figure_data_tells_lines_from_points(options, linestyle, marker):
    fig, ax = plt.subplots()
    ax.plot([0, 1], [2, 3], **options)
    (line,) = checks.figure_data(fig)["axes"][0]["lines"]
    plt.close(fig)
    assert (line["linestyle"], line["marker"]) == (linestyle, marker)
    json.dumps(line)


def test_figure_data_takes_a_figure_or_what_hangs_on_it(figure):
    fig, axes = figure
    for part in (fig, axes[0, 0], axes, (fig, axes), [fig, axes], (axes[0, 0],), axes[0, 0].get_lines()):
        assert len(checks.figure_data(part)["axes"]) == 4


def test_figure_data_is_asked_of_a_figure_that_lies_elsewhere():
    class Elsewhere:
        def __figure_data__(self):
            return {"axes": ["asked"]}

    assert checks.figure_data(Elsewhere()) == {"axes": ["asked"]}


@pytest.mark.parametrize("wrong", [None, 3, (), "figure", plt])
def test_figure_data_without_a_figure(wrong):
    with pytest.raises(checks.CheckFailed, match="does the function end with|none found"):
        checks.figure_data(wrong)


# --- The style -------------------------------------------------------------------------------------------------------

# From linear sRGB to what a viewer sees: Machado, Oliveira & Fernandes (2009), doi:10.1109/TVCG.2009.113, severity 1
VISION = {
    "normal": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
# From linear sRGB to CIE XYZ (IEC 61966-2-1, white point D65)
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def style_colours():
    """Return the linear sRGB values of the colour cycle, one row a colour."""
    with plt.style.context(str(STUDENT / "course.mplstyle")):
        srgb = np.array([mpl.colors.to_rgb(colour) for colour in plt.rcParams["axes.prop_cycle"].by_key()["color"]])
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def lab(linear):
    ratio = linear @ XYZ.T / XYZ.sum(axis=1)
    root = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / 3 / (6 / 29) ** 2 + 4 / 29)
    return np.stack([116 * root[:, 1] - 16, 500 * (root[:, 0] - root[:, 1]), 200 * (root[:, 1] - root[:, 2])], axis=1)


def test_lab_of_known_colours():
    white_black_red = lab(np.array([[1.0, 1.0, 1.0], [0.0, 0.0, 0.0], [1.0, 0.0, 0.0]]))
    # the CIE Lab value of the sRGB primary red, rounded as it is usually tabulated
    assert white_black_red == pytest.approx(np.array([[100, 0, 0], [0, 0, 0], [53.2, 80.1, 67.2]]), abs=0.1)


def test_the_style_has_a_colour_for_each_quantity():
    assert len(np.unique(style_colours(), axis=0)) == 8


@pytest.mark.parametrize("vision", VISION)
def test_colours_stay_apart(vision):
    seen = lab(np.clip(style_colours() @ np.transpose(VISION[vision]), 0, 1))
    distance = np.linalg.norm(seen[:, None] - seen[None], axis=-1)
    assert distance[np.triu_indices(8, 1)].min() > 24
    # simulation against theory, excitatory against inhibitory: the pairs that lie on top of each other
    assert min(distance[0, 5], distance[3, 4]) > 50


def test_colours_show_on_white():
    luminance = style_colours() @ XYZ[1]
    assert (1.05 / (luminance + 0.05)).min() >= 3


def test_the_style_is_read_without_a_warning(recwarn, caplog):
    with plt.style.context(str(STUDENT / "course.mplstyle")):
        assert plt.rcParams["axes.spines.top"] is plt.rcParams["axes.spines.right"] is False
    assert not recwarn.list
    assert not caplog.records
