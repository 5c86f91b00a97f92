"""The checks that the test cells of this course use.

A check returns nothing when a value is right. When it is not, it raises `CheckFailed` (an `AssertionError`) with the
likely cause in words; it never prints the expected value. Try them on your own results:

>>> close(0.5 * 2.0, 1.0, unit="ms", what="my product")
"""

import collections
import difflib
import functools
import re
import textwrap
import unicodedata

import numpy as np


class CheckFailed(AssertionError):
    """A check did not hold; the message names the likely cause."""


def _fail(what, words):
    raise CheckFailed(f"{what}: {words}")


_tests = {}  # name of a test -> {"points", "passed", "message"}, since the kernel started
_running = None  # the test that began last and has not passed yet


def _check(function):
    """Make a check note its message for `summary`, and keep its inner workings out of the traceback."""

    @functools.wraps(function)
    def check(*args, **kwargs):
        failure = None
        try:
            function(*args, **kwargs)
        except CheckFailed as error:
            failure = str(error)
        if failure is not None:
            if _running is not None:
                _tests[_running]["message"] = failure
            raise CheckFailed(failure)

    return check


# --- From whatever is handed in to plain values ----------------------------------------------------------------------

_UNDONE = "still None. Has the task been done? Does the function end with return?"


def _columns(value):
    """Return a pandas table with named columns as a dict of them, as grading does too; anything else as it is."""
    if type(value).__name__ == "DataFrame" and any(isinstance(name, str) for name in value):
        return {name: np.array(value[name]) for name in value}
    return value


def _plain(value, what, depth=0):
    """Copy a value into exact built-in types and NumPy arrays, once; nothing that its class overrides counts later."""
    value = _columns(value)
    kind = type(value)
    if value is None or kind in (bool, int, float, complex, str):
        return value
    if depth > 20:
        _fail(what, "lists in lists in lists: nested too deeply")
    if issubclass(kind, np.ma.MaskedArray) and np.any(np.ma.getmaskarray(value)):
        _fail(what, "a masked array in which values are missing. Hand in an array without a mask")
    if issubclass(kind, (np.ndarray, np.generic)):
        array = np.array(np.ndarray.view(value, np.ndarray) if issubclass(kind, np.ndarray) else value)
        if array.dtype == object:
            return _plain(array.tolist(), what, depth + 1)
        return array if array.ndim else float(array) if array.dtype.kind == "f" else array.tolist()
    for base, convert in ((str, str.__str__), (float, float.__float__), (int, int.__int__)):
        if issubclass(kind, base):
            return convert(value)
    for base, result in ((list, list), (tuple, tuple), (range, tuple), (set, frozenset), (frozenset, frozenset)):
        if issubclass(kind, base):
            items = list(base.__iter__(value))
            if not set(map(type, items)) <= {int, float}:
                items = [_plain(item, what, depth + 1) for item in items]
            return result(items)
    if issubclass(kind, dict):
        return {_plain(key, what, depth + 1): _plain(item, what, depth + 1) for key, item in dict.items(value)}
    if hasattr(kind, "__array__") or hasattr(kind, "__float__"):  # a pandas Series, a fraction
        try:
            value = np.array(value) if hasattr(kind, "__array__") else float(value)
        except Exception:  # noqa: BLE001, whatever a foreign class raises
            _fail(what, f"cannot be read as numbers (its type is {kind.__name__})")
        return _plain(value, what, depth + 1)
    if value is Ellipsis or value is NotImplemented:
        _fail(what, "not filled in yet: a placeholder stands there")
    if callable(value):
        _fail(what, "a function, not its result. Forgot to call it, with (...)?")
    if hasattr(kind, "__iter__"):
        _fail(what, f"of type {kind.__name__}: turn it into a list or an array, with list(...) or np.array(...)")
    return _fail(what, f"of type {kind.__name__}: a number, a text, a list, a dict or an array is needed")


def _only_numbers(plain, what, booleans, place=()):
    """Fail unless a plain value, or everything in it, is a real number."""
    numbers = {int, float, bool} if booleans else {int, float}
    if type(plain) in (list, tuple):
        if not set(map(type, plain)) <= numbers:
            for index, item in enumerate(plain):
                _only_numbers(item, what, booleans, place + (index,))
        return
    if type(plain) is np.ndarray:
        kind = {"b": bool, "i": int, "u": int, "f": float, "c": complex, "U": str}.get(plain.dtype.kind, object)
    else:
        kind = type(plain)
    if kind in numbers:
        return
    if plain is None and not place:
        _fail(what, _UNDONE)
    names = {type(None): "None", bool: "True or False", str: "text in quotes", complex: "a complex number"}
    names[dict] = "a dict, or a table with named columns,"
    where = f", first at index {place[0] if len(place) == 1 else place}" if place else ""
    hints = {
        complex: ". Take its real part or its absolute value",
        dict: ". Take the values out of it: result[name], or table.to_numpy() of a pandas table",
    }
    _fail(what, f"{names.get(kind, 'a ' + kind.__name__)} where a number belongs{where}{hints.get(kind, '')}")


def _numbers(value, what, booleans=False, finite=True):
    """Turn a value into a new array of floats (0-d for a number), or fail with words."""
    plain = _plain(value, what)
    _only_numbers(plain, what, booleans)
    try:
        array = np.array(plain, dtype=float)
    except ValueError:
        _fail(what, "ragged: rows of different length make no array")
    except OverflowError:
        _fail(what, "a whole number too large for a float")
    if finite:
        _must_be_finite(array, ~np.isfinite(array), what)
    return array


def _must_be_finite(array, wrong, what):
    if wrong.any():
        name = "NaN (not a number)" if np.isnan(array[wrong][0]) else "infinite"
        _fail(what, name + (f", first at index {_first(wrong)}" if array.ndim else ""))


def _first(mask):
    """Return the first true place of a mask: an index, or a tuple of them."""
    index = tuple(int(i) for i in np.argwhere(mask)[0])
    return index[0] if len(index) == 1 else index


def _same_shape(array, wanted, what):
    """Fail unless the shape fits; None in `wanted` stands for any length."""
    got, fits = array.shape, [w is None or g == w for g, w in zip(array.shape, wanted)]
    if len(got) == len(wanted) and all(fits):
        return
    if not wanted:
        _fail(what, f"an array of shape {got} where one number belongs")
    if not got:
        _fail(what, "a single number where an array belongs")
    if len(got) != len(wanted):
        _fail(what, f"wrong number of axes: {len(got)} (shape {got}), {len(wanted)} needed")
    if len(got) == 2 and all(w is None or g == w for g, w in zip(got[::-1], wanted)):
        _fail(what, f"transposed: rows and columns are exchanged (shape {got})")
    axis = fits.index(False)
    along = f" along axis {axis}" if len(got) > 1 else ""
    _fail(what, f"wrong length: got {got[axis]} values{along}, {_surplus(got[axis] - wanted[axis])}")


def _surplus(number):
    return f"{'one' if abs(number) == 1 else abs(number)} too {'many' if number > 0 else 'few'}"


# --- Units: what "1000 times too large" may mean, and which spellings mean the same ----------------------------------

_POWER = {"G": 9, "M": 6, "k": 3, "": 0, "c": -2, "m": -3, "µ": -6, "u": -6, "n": -9, "p": -12, "f": -15}
_USUAL = {"V": " mµn", "A": " mµnpf", "S": " mµnp", "Ω": " kMG", "F": " mµnpf", "C": " mµnpf", "s": " mµ", "m": " cmµn"}
_USUAL.update({"Hz": " k", "M": " mµnp", "mol": " mµnpf", "W": " mµn", "J": " mµnpf", "L": " mµ"})
_UNIT = re.compile(r"([GMkcmµunpf]?)(mol|Hz|[VASΩFCsmMWJL])(-?\d+)?$")
_SPELLING = {
    "\u03bc": "µ",
    "\u2126": "Ω",
    "²": "2",
    "³": "3",
    "¹": "1",
    "⁻": "-",
    "−": "-",
    "·": " ",
    "⋅": " ",
    "*": " ",
}
_SPELLING.update(dict.fromkeys("^{}$\\"))


def _tidy(text):
    """Spell a label or a unit in one way: one micro sign, cm2 for cm² and cm^2, formulae without $ signs."""
    for pattern, new in (
        (r"\\(mathrm|rm|text|,)", ""),
        (r"\\mu\s*", "µ"),
        (r"\\Omega|\b[oO]hms?\b|(?<=[kMG])[oO]hms?\b", "Ω"),
    ):
        text = re.sub(pattern, new, text)
    return text.translate(str.maketrans(_SPELLING))


def _factors(unit):
    """Split "µA/cm²" into factors (text, prefix, base, power), the power negative behind the slash."""
    factors = []
    for behind, part in enumerate(_tidy(unit).split("/")):
        for text in re.sub("[()]", " ", part).split():
            match = _UNIT.match(text)
            prefix, base, power = match.groups() if match else ("", text, None)
            if text != "1":
                factors.append((text, prefix, base, int(power or 1) * (-1 if behind else 1)))
    return factors


def _meaning(unit):
    """Return the same list for units that mean the same: "1/s", "Hz" and "s^-1"; "uA/cm2" and "µA cm⁻²"."""
    factors = [(base, power, power * _POWER[prefix]) for _, prefix, base, power in _factors(unit)]
    return sorted(("s", -power, tens) if base == "Hz" else (base, power, tens) for base, power, tens in factors)


def _tens(exponent, unit):
    """Say that a number in `unit` is 10**exponent times too large, and in which unit it would be right."""
    size = str(10 ** abs(exponent)) if abs(exponent) < 10 else f"10^{abs(exponent)}"
    words = f"{size} times too {'large' if exponent > 0 else 'small'}"
    if (unit, exponent) == ("%", -2):
        return f"{words}: is this a fraction rather than a percentage?"
    for text, prefix, base, power in _factors(unit):
        for other in map(str.strip, _USUAL.get(base, "")):
            if power * (_POWER[prefix] - _POWER[other]) == exponent:
                new = _tidy(unit).replace(text, text.replace(prefix + base, other + base), 1)
                return f"{words}: is this in {new.replace('2', '²').replace('3', '³')} rather than {unit}?"
    return f"{words}: is a unit converted the wrong way, or not at all?"


# --- Why two arrays differ -------------------------------------------------------------------------------------------

_RATIOS = [
    (2, "2", ". A radius for a diameter, or something counted twice?"),
    (4, "4", ". A radius for a diameter in an area?"),
    (8, "8", ". A radius for a diameter in a volume?"),
    (np.pi, "π", ""),
    (2 * np.pi, "2π", ". Hz or radians per second?"),
    (4 * np.pi, "4π", ". The surface of a sphere?"),
    (np.sqrt(2), "√2", ""),
    (np.log(10), "ln 10", ". log or log10?"),
    (180 / np.pi, "180/π", ". Degrees or radians?"),
]


@np.errstate(all="ignore")
def _near(a, b, rtol, atol):
    """Compare element by element; infinity is near itself alone, NaN near nothing."""
    return (a == b) | (np.isfinite(b) & (np.abs(a - b) <= atol + rtol * np.abs(b)))


@np.errstate(all="ignore")
def _why(got, wanted, rtol, atol, unit):
    """Find words for the difference between two arrays of the same shape. None of them makes a value right."""
    wrong = ~_near(got, wanted, rtol, atol) if got.ndim else np.array(True)
    rtol, atol = np.clip(rtol, 1e-6, 0.02), min(atol, 0.02 * np.abs(wanted).max())

    def fits(candidate, other=wanted):
        return _near(candidate, other, rtol, atol).all()

    if not got.any():
        return "zero" + (" everywhere" if got.ndim else "")
    largest = np.unravel_index(np.argmax(np.abs(wanted)), wanted.shape)
    ratio = got[largest] / wanted[largest]
    if np.isfinite(ratio) and ratio != 0 and fits(got / ratio):
        sign = np.sign(ratio)
        and_sign = ". The sign is wrong, too" if sign < 0 else ""
        exponent = int(np.rint(np.log10(abs(ratio))))
        if exponent and fits(got / (sign * 10.0**exponent)):
            return _tens(exponent, unit) + and_sign.replace(". ", " ", 1)
        if fits(-got):
            return "the sign is wrong"
        for factor, name, hint in _RATIOS:
            if fits(got / (sign * factor)):
                return f"{name} times too large{hint}{and_sign}"
            if fits(got * sign * factor):
                return f"{name} times too small{hint}{and_sign}"
    shift = got - wanted
    if _near(np.abs(shift), 273.15, 0.0, atol + 1e-6).all():
        return "off by 273.15: degrees Celsius where kelvin belong, or the other way round?"
    if got.ndim:
        spread = np.ptp(wanted)
        if wrong.all() and spread > 0 and np.ptp(shift) <= 2 * atol + rtol * spread:
            return "shifted by a constant. Where is its zero: a resting potential, a first time?"
        if got.ndim == 2 and got.shape == got.T.shape and fits(got.T):
            return "transposed: rows and columns are exchanged"
        if fits(got[::-1]):
            return "in reverse order"
        if fits(np.sort(got, axis=None), np.sort(wanted, axis=None)):
            return "the right numbers in the wrong order"
        for late, early, words in ((got, wanted, "late"), (wanted, got, "early")):
            if len(got) > 2 and np.ptp(early[:-1]) > 0 and fits(late[1:], early[:-1]):
                return f"one step too {words}. What stands at the first index?"
    return _roughly(got, wanted, wrong)


def _roughly(got, wanted, wrong):
    """Say in which direction, where and how far values are wrong, too coarsely to work out the right ones."""
    sides = {_side(g, w) for g, w in zip(got[wrong], wanted[wrong])}
    index, where = _first(wrong), ""
    if got.ndim and wrong.all():
        where = " everywhere"
    elif got.ndim == 1 and index and wrong[index:].all():
        where = f" from index {index} to the end"
    elif got.ndim == 1 and not index and wrong[: wrong.sum()].all():
        where = f" at the beginning, up to index {wrong.sum() - 1}"
    elif got.ndim:
        where = f" at {wrong.sum()} of {wrong.size} places, first at index {index}"
    finite = np.isfinite(wanted)
    distance = np.abs(got - wanted)[wrong].max() / np.abs(wanted[finite]).max(initial=0)
    limits = ((0.01, "less than 1 %"), (0.05, "a few per cent"), (0.2, "5 to 20 %"), (0.7, "tens of per cent"))
    size = next((words for limit, words in limits if distance < limit), "far")
    if got.size > 1 and size != "far":
        size = f"{size} of the largest value, at worst"
    return f"{sides.pop() if len(sides) == 1 else 'partly too large, partly too small'}{where}, by {size}"


def _side(got, wanted):
    if got < 0 and wanted < 0:
        return "too negative" if got < wanted else "not negative enough"
    return "too large" if got > wanted else "too small"


def _foreseen(got, mistakes, right, what, rtol=1e-6, atol=0.0):
    """Fail with the author's words when a value is a wrong one that was foreseen, unless that one would be `right`."""
    for words, wrong in (mistakes or {}).items():
        wrong = _numbers(wrong, "a foreseen mistake of this test", booleans=True, finite=False)
        if wrong.shape in ((), got.shape) and _near(got, wrong, rtol, atol).all() and not right(wrong):
            _fail(what, words)


# --- The checks ------------------------------------------------------------------------------------------------------

_EXPECTED = "the expected value of this test"


@_check
def close(value, expected, *, rtol=1e-6, atol=0.0, unit="", what, mistakes=None):
    """Check a number or an array: |value - expected| <= atol + rtol |expected|.

    Parameters
    ----------
    value : number or array
        What is checked. Lists, tuples and whole numbers will do, and an array with one element for a number.
    expected : number or array
        The right one, in `unit`; it also sets the shape.
    rtol, atol : float
        Relative tolerance; absolute tolerance in `unit`.
    unit : str
        Unit of both, for hints such as "is this in V rather than mV?".
    what : str
        Name of the checked thing, in the student's words.
    mistakes : dict, optional
        Foreseen mistakes, ``{"words": wrong value}``; the words become the message.

    Raises
    ------
    CheckFailed
        If it is not close. All checks raise this, and all mean the same by `what`, `unit` and `mistakes`.

    Examples
    --------
    >>> close([20.0, 40.0], np.array([20, 40]), unit="ms", what="the two time constants")
    """
    wanted = _numbers(expected, _EXPECTED, booleans=True, finite=False)
    _must_be_finite(wanted, np.isnan(wanted), _EXPECTED)
    got = _numbers(value, what, booleans=np.array(expected).dtype == bool, finite=False)
    if got.size == wanted.size == 1:
        got = got.reshape(wanted.shape)
    infinite_as_wanted = got == wanted if got.shape == wanted.shape else False
    _must_be_finite(got, ~(np.isfinite(got) | infinite_as_wanted), what)

    def right(array):
        return array.shape in ((), wanted.shape) and _near(array, wanted, rtol, atol).all()

    if got.shape != wanted.shape or not right(got):
        _foreseen(got, mistakes, right, what, rtol, atol)
        _same_shape(got, wanted.shape, what)
        _fail(what, _why(got, wanted, rtol, atol, unit))


@_check
@np.errstate(all="ignore")
def in_range(value, low, high, *, unit="", what, mistakes=None):
    """Check that every number lies in the closed interval from `low` to `high`.

    >>> in_range([-70.0, -64.9], -80, 40, unit="mV", what="the membrane potential")
    """

    def right(array):
        return array.size > 0 and ((array >= low) & (array <= high)).all()

    got = _numbers(value, what)
    if got.size == 0:
        _fail(what, "empty")
    if not right(got):
        _foreseen(got, mistakes, right, what)
        if right(-got) and not low < 0 < high:
            _fail(what, "the sign seems to be wrong")
        for exponent in (3, -3, 6, -6, 9, -9) if low * high > 0 and 0.01 < abs(low / high) < 100 else ():
            if right(got * 10.0**-exponent):
                _fail(what, "about " + _tens(exponent, unit))
        wrong = (got < low) | (got > high)
        side = "large" if got[wrong].flat[0] > high else "small"
        _fail(what, f"too {side} to be possible" + (f", first at index {_first(wrong)}" if got.ndim else ""))


@_check
def shape(value, expected_shape, *, what):
    """Check for an array, or nested list, of finite numbers with this shape; None in it stands for any length.

    >>> shape([[0, 1, 2], [3, 4, 5]], (2, None), what="the raster")
    """
    wanted = (expected_shape,) if isinstance(expected_shape, int) else tuple(expected_shape)
    _same_shape(_numbers(value, what, booleans=True), wanted, what)


@_check
def parts(value, number, *, what):
    """Check that a function returned that many things (a tuple, a list or an array), before they are taken apart.

    >>> parts(([0.0, 0.1], [-65.0, -64.9]), 2, what="simulate(0.1)")
    """
    if value is None:
        _fail(what, _UNDONE)
    base = next((base for base in (tuple, list, np.ndarray) if issubclass(type(value), base)), None)
    if base is None or (base is np.ndarray and np.ndim(value) == 0):
        _fail(what, f"one thing of type {type(value).__name__}, where {number} are to be returned: return a, b")
    if base.__len__(value) != number:
        _fail(what, f"{base.__len__(value)} parts, {_surplus(base.__len__(value) - number)}")


def _comparable(plain):
    """Turn a plain value into (kind, content), equal for equal answers."""
    if type(plain) is np.ndarray:
        plain = plain.tolist()
    if type(plain) is str:
        return "text in quotes", " ".join(unicodedata.normalize("NFKC", plain).casefold().split())
    if type(plain) in (list, tuple):
        return "list", tuple(map(_comparable, plain))
    if type(plain) is frozenset:
        return "set", frozenset(map(_comparable, plain))
    if type(plain) is dict:
        return "dict", frozenset((_comparable(key), _comparable(item)) for key, item in plain.items())
    if type(plain) is float and np.isnan(plain):
        return "NaN", object()  # equals nothing, not even itself
    if type(plain) in (int, float):
        return "number", plain
    return "True or False" if type(plain) is bool else type(plain).__name__, plain


@_check
def equal(value, expected, *, what, mistakes=None):
    """Check a text, a whole number, a boolean, None, or a list, tuple, set or dict of them.

    In a text, case, outer and repeated blanks do not count. 3.0 equals 3, but 1 does not equal True. A list, a tuple and
    an array of equal elements are equal. Where a set is expected, a list without repetitions will do.

    >>> equal(" Excitatory", "excitatory", what="the type of the synapse")
    """
    got, wanted = _comparable(_plain(value, what)), _comparable(_plain(expected, _EXPECTED))
    if got[0] == "list" and wanted[0] == "set" and len(set(got[1])) == len(got[1]):
        got = "set", frozenset(got[1])
    if got[0] == "list" and wanted[0] not in ("list", "set") and len(got[1]) == 1 and type(value) not in (list, tuple):
        got = got[1][0]
    if got == wanted:
        return
    for words, wrong in (mistakes or {}).items():
        if got == _comparable(_plain(wrong, "a foreseen mistake of this test")) != wanted:
            _fail(what, words)
    (kind, content), (wanted_kind, wanted_content) = got, wanted
    if kind == "NoneType":
        _fail(what, _UNDONE)
    if kind != wanted_kind:
        _fail(what, f"a {kind} where a {wanted_kind} belongs".replace("a text", "text").replace("a True", "True"))
    if kind in ("list", "set", "dict") and len(content) != len(wanted_content):
        _fail(what, f"got {len(content)} elements, {_surplus(len(content) - len(wanted_content))}")
    if kind == "list":
        if collections.Counter(content) == collections.Counter(wanted_content):
            _fail(what, "the right elements in the wrong order")
        _fail(what, f"wrong at index {[a == b for a, b in zip(content, wanted_content)].index(False)}")
    if kind in ("set", "dict"):
        _fail(what, f"{len(content - wanted_content)} of {len(content)} elements wrong")
    if kind == "number" and content != content // 1:
        _fail(what, "not a whole number")
    _fail(what, _side(content, wanted_content) if kind == "number" else "not right")


@_check
def one_of(value, allowed, *, what):
    """Check that an answer is one of a few words or whole numbers, the right one or not.

    >>> one_of("inward", ["inward", "outward"], what="the direction of the current")
    """
    got, allowed = _comparable(_plain(value, what)), list(allowed)
    choices = [_comparable(_plain(choice, _EXPECTED)) for choice in allowed]
    if got[0] == "NoneType" and got not in choices:
        _fail(what, _UNDONE)
    if got not in choices:
        typo = got[0] == choices[0][0] == "text in quotes" and difflib.get_close_matches(
            got[1], [word for _, word in choices]
        )
        hint = "perhaps a typing error" if typo else "not one of the answers to choose from"
        _fail(what, f"{hint}. Choose from {', '.join(map(repr, allowed))}")


@_check
def keys(value, expected_keys, *, what):
    """Check for a dict that has at least these keys.

    >>> keys({"tau": 20.0, "r_in": 463.5}, ["tau"], what="the result")
    """
    value = _columns(value)
    if value is None:
        _fail(what, _UNDONE)
    if not issubclass(type(value), dict):
        _fail(what, f"of type {type(value).__name__}: a dict is needed, such as {{name: number}}")
    names = [_plain(name, what) for name in dict.__iter__(value)]
    missing = [repr(key) for key in expected_keys if key not in names]
    if missing:
        _fail(what, f"missing key{'s' * (len(missing) > 1)} {', '.join(missing)} (capitals and blanks count)")


def _series(value, what):
    """Return an array with at least two entries along its first axis."""
    got = _numbers(value, what)
    if got.ndim == 0 or len(got) < 2:
        _fail(what, "fewer than two values, where a whole series is needed")
    return got


@_check
def monotonic(value, direction, *, strict=True, atol=0.0, what):
    """Check that an array is "increasing" or "decreasing" along its first axis.

    With ``strict=False`` equal neighbours are right, too; with `atol` so are steps back of at most that size.

    >>> monotonic([3.0, 2.0, 1.5], "decreasing", what="the attenuation")
    """
    steps = np.diff(_series(value, what), axis=0) * {"increasing": 1, "decreasing": -1}[direction]
    wrong = steps < -atol if atol or not strict else steps <= 0
    if wrong.any():
        stays = "stays the same" if steps[wrong][0] == 0 else "turns back"
        other = "runs the other way round" if (steps < 0).all() else f"{stays} after index {_first(wrong)}"
        _fail(what, f"not {direction} throughout: it {other}")


@_check
def conserved(value, *, rtol=1e-9, atol=0.0, what):
    """Check that a quantity stays what it was at the first index: |value - first| <= atol + rtol |first|.

    >>> conserved([2.0, 2.0 + 1e-12, 2.0], what="the total charge")
    """
    got = _series(value, what)
    wrong = ~_near(got, np.broadcast_to(got[0], got.shape), rtol, atol)
    if wrong.any():
        change = np.diff(got, axis=0)
        steady = "grows" if (change > 0).all() else "shrinks" if (change < 0).all() else ""
        words = f"it {steady} all the time. Is something counted twice, or left out?" if steady else "it changes"
        _fail(what, f"not conserved, beyond the tolerance from index {_first(wrong)} on: {words}")


@_check
def spike_times(value, expected, *, atol, what, unit="ms"):
    """Check the number of spikes and each time, to within `atol` (in `unit`); their order does not count.

    >>> spike_times([10.02, 25.0], [10.0, 25.0], atol=0.05, what="the spikes of the neuron")
    """
    got, wanted = np.atleast_1d(_numbers(value, what)), np.sort(np.atleast_1d(_numbers(expected, _EXPECTED)))
    _same_shape(got, (None,), what)
    got, few = np.sort(got), min(len(got), len(wanted))
    count = f"got {len(got)} spikes, {_surplus(len(got) - len(wanted))}"
    if len(got) == len(wanted):
        if _near(got, wanted, 0.0, atol).all():
            return
        scale = got[-1] / wanted[-1] if wanted[-1] else 0.0
        if scale > 1.5 and (got == np.rint(got)).all() and _near(got / scale, wanted, 0.0, 2 * atol).all():
            _fail(what, "are these indices rather than times? They are whole numbers")
        _fail(what, "the right number of spikes, but the times are wrong: " + _why(got, wanted, 0.0, atol, unit))
    if len(got) == 0:
        _fail(what, "empty: no spike was found")
    gap = np.diff(wanted).min() / 2 if len(wanted) > 1 else np.inf
    once = got[np.append(True, np.diff(got) > gap)]
    if len(once) == len(wanted) and _near(once, wanted, 0.0, atol).all():
        _fail(what, count + ". The same spike is counted more than once: count upward crossings of the threshold")
    if few and _near(got[:few], wanted[:few], 0.0, atol).all():
        _fail(what, f"{count}: the first {few} are right, look at the end")
    if few and _near(got[-few:], wanted[-few:], 0.0, atol).all():
        _fail(what, f"{count}: the last {few} are right, look at the beginning")
    _fail(what, count)


@_check
def order(steps, errors, expected, *, atol=0.15, what):
    """Check the order of convergence: the slope of log error against log step lies within `atol` of `expected`.

    >>> order([0.1, 0.05, 0.025], [2e-2, 1e-2, 5e-3], 1, what="forward Euler")
    """
    steps, errors = _series(steps, f"{what}, the steps"), _series(errors, f"{what}, the errors")
    _same_shape(errors, steps.shape, f"{what}, the errors")
    if (steps <= 0).any() or np.ptp(steps) == 0:
        _fail(what, "at least two different steps are needed, all greater than zero")
    if (errors == 0).all():
        _fail(what, "no error at all. Is the solution compared with itself?")
    if (errors <= 0).any():
        _fail(what, f"an error is zero or negative at index {_first(errors <= 0)}: take the absolute value")
    slope = np.polyfit(np.log(steps), np.log(errors), 1)[0]
    if not abs(slope - expected) <= atol:
        speed = (
            "not at all, or to another solution" if slope < 0.1 else "too slowly" if slope < expected else "too fast"
        )
        _fail(what, f"converges {speed}: the measured order is about {slope:.1f}")


@_check
def mean_close(samples, expected, *, n_sigma=4.0, sigma=None, what, unit=""):
    """Check that the mean of independent samples lies within `n_sigma` standard errors of the expected one.

    `sigma` is the standard deviation of one sample. Without it, it is estimated from the samples, and then samples that
    scatter too much pass: check their scatter, too.

    >>> mean_close([9.8, 10.3, 10.1, 9.7], 10.0, what="the rate over four seeds", unit="Hz")
    """
    got, wanted = _series(samples, what), _numbers(expected, _EXPECTED)
    if sigma is None and np.ptp(got) == 0:
        _fail(what, "the same in all samples. Does each have a seed of its own?")
    tolerance = n_sigma * (np.std(got, ddof=1) if sigma is None else sigma) / np.sqrt(got.size)
    if not abs(np.mean(got) - wanted) <= tolerance:
        mean = np.array(np.mean(got))
        words = _why(mean, wanted, tolerance / max(abs(mean), tolerance), tolerance, unit)
        _fail(what, f"{words} (the mean of {got.size} samples, beyond chance)")


@_check
def raises(function, exception, *args, what, **kwargs):
    """Check that ``function(*args, **kwargs)`` raises this exception, or one of a tuple of them.

    >>> raises(int, ValueError, "many", what="int('many')")
    """
    if not callable(function):
        _fail(what, f"of type {type(function).__name__}: a function is needed")
    wanted = exception if isinstance(exception, tuple) else (exception,)
    names = " or ".join(one.__name__ for one in wanted)
    try:
        function(*args, **kwargs)
    except Exception as error:  # noqa: BLE001, whatever a student function raises
        if isinstance(error, NotImplementedError) and NotImplementedError not in wanted:
            words = f"should raise {names}, but is not filled in yet (NotImplementedError)"
        elif isinstance(error, wanted):
            return
        else:
            words = f"should raise {names}, but raises {type(error).__name__}"
    else:
        words = f"should raise {names} for such input, but returns"
    _fail(what, words)


# --- Figures ---------------------------------------------------------------------------------------------------------


def _floats(values):
    return np.ma.filled(np.ma.asarray(values).astype(float), np.nan).tolist()


def _drawn(style, size):
    """Return how Matplotlib spells a line's style or marker, "" where it draws none."""
    spelt = str(style).strip()
    return "" if spelt.lower() == "none" or not size else spelt


def figure_data(figure):
    """Describe a Matplotlib figure by plain data, without drawing it.

    Parameters
    ----------
    figure : Figure, Axes, or a tuple (figure, axes)
        What ``plt.subplots`` returned, or a part of it.

    Returns
    -------
    dict
        ``{"axes": [one dict for each]}`` with title, xlabel, ylabel, xlim, ylim, xscale, yscale, legend (texts), lines
        (label, x, y, and linestyle and marker as Matplotlib spells them, "" where none is drawn), points of scatter plots (label, x, y), events of event plots (label, positions), bars (x and y of
        the lower left corner, width, height) and images (data, extent).
    """
    elsewhere = getattr(type(figure), "__figure_data__", None)
    if elsewhere is not None:  # the figure stays in the notebook's process, which hands out its data
        return elsewhere(figure)
    part = figure
    while isinstance(part, (tuple, list, np.ndarray)) and len(part):
        part = part[0]
    part = part if hasattr(part, "savefig") else getattr(part, "figure", None)
    if not hasattr(part, "get_axes"):
        _fail("the figure", "none found. Does the function end with `return fig`?")
    return {"axes": [_axes_data(axes) for axes in part.get_axes()]}


def _axes_data(axes):
    points = [item for item in axes.collections if type(item).__name__ == "PathCollection"]
    events = [item for item in axes.collections if hasattr(item, "get_positions")]
    bars = [item for item in axes.patches if hasattr(item, "get_width") and hasattr(item, "get_xy")]
    return {
        "title": axes.get_title(),
        "xlabel": axes.get_xlabel(),
        "ylabel": axes.get_ylabel(),
        "xlim": _floats(axes.get_xlim()),
        "ylim": _floats(axes.get_ylim()),
        "xscale": axes.get_xscale(),
        "yscale": axes.get_yscale(),
        "legend": [text.get_text() for text in axes.get_legend().get_texts()] if axes.get_legend() else [],
        "lines": [
            {
                "label": str(line.get_label()),
                "x": _floats(line.get_xdata(orig=False)),
                "y": _floats(line.get_ydata(orig=False)),
                "linestyle": _drawn(line.get_linestyle(), line.get_linewidth()),
                "marker": _drawn(line.get_marker(), line.get_markersize()),
            }
            for line in axes.get_lines()
        ],
        "points": [
            {
                "label": str(item.get_label()),
                "x": _floats(item.get_offsets()[:, 0]),
                "y": _floats(item.get_offsets()[:, 1]),
            }
            for item in points
        ],
        "events": [{"label": str(item.get_label()), "positions": _floats(item.get_positions())} for item in events],
        "bars": [
            dict(zip(("x", "y", "width", "height"), _floats([*bar.get_xy(), bar.get_width(), bar.get_height()])))
            for bar in bars
        ],
        "images": [
            {"data": _floats(image.get_array()), "extent": _floats(image.get_extent())} for image in axes.get_images()
        ],
    }


@_check
def labelled(data, *, x, y, what="the figure"):
    """Check the axis labels in ``data = figure_data(figure)``: every word of `x` and `y`, and the unit in brackets.

    With several axes, one with the right label is enough, for x and y each. Case does not count in words, but in units.

    >>> labelled({"axes": [{"xlabel": "Time [ms]", "ylabel": "V (uV)"}]}, x="time (ms)", y="V (µV)")
    """
    if not issubclass(type(data), dict) or not data.get("axes"):
        _fail(what, "nothing in it: hand in checks.figure_data(figure) after plotting")
    for side, wanted in (("x", x), ("y", y)):
        labels = [_plain(axes[side + "label"], what) for axes in data["axes"]]
        problems = [_label_problem(label, wanted) for label in labels]
        if "" not in problems:
            _fail(what, f"the {side} axis {next((p for p, label in zip(problems, labels) if label), 'has no label')}")


def _label_problem(label, wanted):
    """Say what is wrong with a label, or return ""."""
    brackets = re.compile(r"[(\[]([^)\]]*)[)\]]")
    words, units = brackets.sub(" ", _tidy(wanted)).casefold().split(), brackets.findall(wanted)
    if not all(word in brackets.sub(" ", _tidy(label)).casefold() for word in words):
        return "does not name its quantity in full"
    found = brackets.findall(label)
    if units and not found:
        return "has no unit in brackets, such as (ms)"
    if not all(_meaning(unit) in map(_meaning, found) for unit in units):
        return "has another unit than the one asked for"
    return ""


# --- What is done and what is open -----------------------------------------------------------------------------------


def begin(name, points=0):
    """Mark a test as run but not passed. The course puts this at the start of each test cell."""
    global _running
    _running = name
    _tests[name] = {"points": points, "passed": False, "message": ""}


def passed(name):
    """Mark the visible part of a test as passed and say so. The course puts this behind that part."""
    global _running
    _running = None
    test = _tests.setdefault(name, {"points": 0, "passed": False, "message": ""})
    test.update(passed=True, message="")
    print(f"Visible checks passed: {name} ({_points(test['points'])}).")


def _points(number):
    return f"{number:g} point{'s' * (number != 1)}"


def summary(tests, by_hand=None):
    """Print which visible checks passed and what is open.

    Parameters
    ----------
    tests : dict
        Points of each test of the notebook, in its order.
    by_hand : dict, optional
        Points of each question that is marked by hand.
    """
    rows = []
    for name, points in tests.items():
        test = _tests.get(name, {"passed": False, "message": "not run yet"})
        message = (
            textwrap.shorten(test["message"], 80, placeholder=" ...")
            or "run, not passed: see the message below that cell"
        )
        rows.append((name, points, "passed" if test["passed"] else f"open: {message}"))
    reached = sum(points for _, points, state in rows if state == "passed")
    rows += [(name, points, "marked by hand") for name, points in (by_hand or {}).items()]
    width = max([len(name) for name, _, _ in rows] + [4])
    print(f"{'task':{width}}  points  state")
    for name, points, state in rows:
        print(f"{name:{width}}  {points:6g}  {state}")
    print(f"\nVisible checks passed for {reached:g} of {sum(tests.values()):g} automatic points;", end=" ")
    print("hidden tests with other inputs decide at grading.")
    print("Before you hand in: restart the kernel, run all cells, read this table once more, save.")
