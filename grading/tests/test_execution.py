"""The engine that runs submissions: values between kernels, verdicts, time-outs, deaths, limits, the way things look."""

import base64
import contextlib
import json
import os
import re
import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import numpy as np
import psutil
import pytest

from grading.execution import exceptions, remote, values, warm
from grading.execution.files import write
from grading.execution.job import Job
from grading.execution.limits import Limits
from grading.execution.outputs import clean, harmless
from grading.execution.warm import environment
from grading.tests import engine
from grading.tests.engine import wait_until

factory, go, new_factory = engine.factory, engine.go, engine.new_factory

# --- Values ------------------------------------------------------------------------------------------------------------

PLAIN = [
    None, True, False, 0, -7, 10**300, 1.5, -0.0, float("inf"), 2 - 3j, "", "text", "'\"\\ µ \ud800 \x00", [], [1, "a", None],
    [0.5, 1.5], (1.0, 2.0), (), (1, (2, [3])), {}, {"a": 1, 2: [3]}, {(1, 2): "x"}, frozenset({1, "b"}), frozenset(), ...,
]  # fmt: skip


# Numbers as ids: the words of a set's repr come in another order in each process, and then pytest-xdist refuses to begin.
@pytest.mark.parametrize("value", PLAIN, ids=range(len(PLAIN)))
def test_plain_values_come_back_as_they_went(value):
    back = values.decode(values.encode(value))
    assert back == value and type(back) is type(value)


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6.0).reshape(2, 3), np.arange(5, dtype="i2"), np.array(3.5), np.array([], float), np.zeros((0, 3)),
        np.array(["ab", "c"]), np.array([True]), np.array([1 + 2j]), np.array(["2020-01-01"], "M8[D]"),
        np.arange(12.0).reshape(3, 4).T, np.arange(3, dtype=">f8"), np.array([1.0, np.nan]), np.arange(3, dtype="f2"),
    ],
    ids=lambda array: f"{array.dtype}{array.shape}",
)  # fmt: skip
def test_arrays_come_back_as_they_went(array):
    back = values.decode(values.encode(array))
    assert type(back) is np.ndarray and back.dtype == array.dtype and back.shape == array.shape
    assert np.array_equal(back, array, equal_nan=array.dtype.kind == "f")
    back.flat[:1] = back.flat[:1]  # can be written to


def test_numpy_and_derived_values_become_plain():
    class MyList(list):
        pass

    class MyFloat(float):
        pass

    for value, plain in (
        (np.float64(2.5), 2.5), (np.int32(4), 4), (np.bool_(True), True), (np.str_("x"), "x"), (MyList([1]), [1]),
        (MyFloat(0.5), 0.5), (range(3), (0, 1, 2)), ([np.float64(1.0)], [1.0]), (np.array([1, "a"], object), [1, "a"]),
        (np.ma.array([1.0, 2.0]), np.array([1.0, 2.0])),
    ):  # fmt: skip
        back = values.decode(values.encode(value))
        assert np.array_equal(back, plain) and type(back) is type(plain)
    assert np.isnan(values.decode(values.encode(float("nan"))))


def test_tables_and_fractions_become_plain():
    import fractions

    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"t": [0.0, 0.1], "name": ["a", "b"]})
    back = values.decode(values.encode(frame))
    assert list(back) == ["t", "name"] and back["t"].tolist() == [0.0, 0.1] and back["name"] == ["a", "b"]
    assert values.decode(values.encode(frame["t"])).tolist() == [0.0, 0.1]
    assert values.decode(values.encode(pandas.DataFrame([[1, 2], [3, 4]]))).tolist() == [[1, 2], [3, 4]]
    assert values.decode(values.encode(fractions.Fraction(1, 4))) == 0.25


class Odd:
    pass


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Odd(), "a value of type Odd"), ([1, {"a": Odd()}], "a value of type Odd"), (len, "builtin_function_or_method"),
        (10**5000, "more than 4000 digits"), (np.array([Odd()], object), "type Odd"), (b"bytes", "type bytes"),
        (np.zeros(2, "f8,i4"), "an array of"), (np.ma.array([1.0], mask=[True]), "masked array"),
        (np.zeros(9_000_000), "72 MB: too large"), ("x" * 65_000_000, "too large"), (iter([1]), "list_iterator"),
    ],
    ids=range(11),
)  # fmt: skip
def test_what_cannot_be_sent_is_named(value, words):
    with pytest.raises(values.CannotSend, match=words):
        values.encode(value)


def test_containers_without_end_cannot_be_sent(monkeypatch):
    monkeypatch.setattr(values, "MAX_ITEMS", 10_000)
    nested = []
    nested.append(nested)
    with pytest.raises(values.CannotSend, match="nested too deeply"):
        values.encode(nested)
    wide = []
    for _ in range(25):
        wide = [wide, wide]
    with pytest.raises(values.CannotSend, match="more than 10,000 parts"):
        values.encode(wide)


def encoded(*array):
    return json.dumps(["array", *array])


RAW = base64.b64encode(b"\0" * 16).decode()


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "5", '"text', "[]", "[[]]", '{"a": 1}', '["unknown", 1]', '["int"]', '["int", "x"]', '["int", 1e400]',
        '["int", "' + "9" * 5000 + '"]', '["float", "x"]', '["float", [1]]', '["float", "' + "1" * 10_000 + '"]',
        '["complex", "0x1p0"]', '["list"]', '["list", 5]', '["set", [["list", []]]]', '["dict", [[["list", []], 1]]]',
        '["dict", [[1]]]', '["dict", 7]', '["floats", "dict", ["array", "<f8", [2], "' + RAW + '"]]', '["floats", "list", 1]',
        encoded("<f8", [3], RAW), encoded("<f8", [-2], RAW), encoded("<f8", [2.0], RAW), encoded("<f8", [True, 2], RAW),
        encoded("|O", [2], RAW), encoded("O", [2], RAW), encoded("f8,f8", [1], RAW), encoded("<f8", [2], "not base64!"),
        encoded("<f8", "2", RAW), encoded("V16", [1], RAW), encoded("(1000000000,)f8", [0], ""), encoded("<f7", [2], RAW),
        encoded("<U9999999999", [0], ""), encoded("<f8", [0] + [1] * 40, ""), encoded("<f8", [0, 10**18, 10**18], ""),
        encoded(["<f8"], [2], RAW), encoded("<f8", None, RAW), encoded("<f8", [2], None), encoded("<f8", [2]),
        "[" * 100_000, '["list",[' * 40 + "]]" * 40, "[1e999]", "x" * 65_000_000, '["list",[' + "0," * 20_000_000 + "0]]",
    ],
    ids=lambda text: text[:40],
)  # fmt: skip
def test_hostile_encodings_are_refused_and_nothing_else_happens(text):
    with pytest.raises(ValueError):
        values.decode(text)


@pytest.mark.parametrize("nothing", [None, 5, b"5", ["int", "5"]])
def test_what_is_no_text_is_no_encoding(nothing):
    with pytest.raises(ValueError):
        values.decode(nothing)


@pytest.fixture
def bridge(tmp_path):
    """Lets a bridge take connections, and do this with each after its first question; returns how the grader reaches it."""
    ended = threading.Event()
    kernel = remote.StudentKernel(f"{tmp_path}/bridge")
    kernel.deadline = time.monotonic() + 20
    with socket.socket(socket.AF_UNIX) as listening, ThreadPoolExecutor(1) as thread:
        listening.bind(kernel.address)
        listening.listen()
        listening.settimeout(10)

        def serve(visits):
            for visit in visits:
                with listening.accept()[0] as connection:
                    assert connection.recv(1000).endswith(b"\n")
                    with contextlib.suppress(OSError):
                        visit(connection)
                    ended.wait(0 if visit is not visits[-1] else 10)

        def reach(*visits):
            served.append(thread.submit(serve, visits))
            return kernel

        served = []
        yield reach
        kernel.close()
        ended.set()
        for visited in served:
            visited.result()


def sends(words):
    return lambda connection: connection.sendall(words)


@pytest.mark.parametrize("value", ["a", "it's", "both ' and \"", "back\\slash", "new\nline", "\u2028", "", "\x00 ü"])
def test_an_answer_is_one_line(bridge, value):
    assert bridge(sends(values.encode(value).encode() + b"\n")).ask("look", "x") == value


@pytest.mark.parametrize(
    "words", [b"", b"\n", b"5\n", b"x\n", b"\xff\n", b"null\nnull\n", b"[" * 1400 + b"\n", b'"' + b"n" * 2000 + b'"\n']
)
def test_nonsense_is_no_answer(bridge, words, monkeypatch):
    """Nothing at all, no value, no text, two answers, too deep, too long; after it the next question is answered."""
    monkeypatch.setattr(remote, "LARGEST", 1500)
    kernel = bridge(sends(words), sends(b"null\n"))
    with pytest.raises(exceptions.KernelGone, match="no sensible answer"):
        kernel.ask("look", "x")
    assert kernel.ask("look", "x") is None


def test_where_nobody_listens_there_is_no_answer(tmp_path):
    with pytest.raises(exceptions.KernelGone, match="no sensible answer"):
        remote.StudentKernel(f"{tmp_path}/bridge").ask("look", "x")


def test_where_too_many_wait_to_be_let_in_nobody_waits_without_end(tmp_path):
    kernel = remote.StudentKernel(f"{tmp_path}/bridge")
    kernel.deadline = time.monotonic() + 1
    with socket.socket(socket.AF_UNIX) as listening, socket.socket(socket.AF_UNIX) as other:
        listening.bind(kernel.address)
        listening.listen(0)
        other.connect(kernel.address)
        with pytest.raises((exceptions.KernelGone, exceptions.CallTimeout)):
            kernel.ask("look", "x")


def too_late(connection):
    time.sleep(0.5)
    connection.sendall(b'"late"\n')


def never_ending(connection):
    while True:
        connection.sendall(b"n")
        time.sleep(0.01)


@pytest.mark.parametrize("slow", [too_late, never_ending])
def test_what_is_late_costs_the_budget_and_answers_nothing_else(bridge, slow):
    kernel = bridge(slow, sends(b'"in time"\n'))
    kernel.deadline = time.monotonic() + 0.2
    with pytest.raises(exceptions.CallTimeout):
        kernel.ask("look", "x")
    kernel.deadline = time.monotonic() + 20
    assert kernel.ask("look", "x") == "in time"


def test_a_question_that_nobody_reads_ends_at_the_deadline(bridge):
    kernel = bridge()
    kernel.deadline = time.monotonic() + 0.2
    with pytest.raises(exceptions.CallTimeout):
        kernel.ask("call", "1", "x" * 10**7)


def test_what_was_run_is_remembered_as_in_every_notebook(go):
    later = "words = get_ipython().run_line_magic('history', '2')\nnumber, source = _2, In[2]"
    outcome = go(("mine", "40 + 2"), ("next", later), ("test_a", "assert (number, source) == (42, '40 + 2')"))
    assert outcome.says["test_a"] == "" and "40 + 2" in outcome.shows["next"]


def test_figures_that_a_call_leaves_open_are_closed(go):
    mine = "import matplotlib.pyplot as plt\ndef figures():\n    plt.figure()\n    return len(plt.get_fignums())"
    keeps = (
        "%config InlineBackend.close_figures = False\nplt.figure()"  # one that the notebook itself keeps open stays so
    )
    twice = "assert figures() == {}\nassert figures() == {}"
    cells = ("test_a", twice.format(1, 1)), ("next", keeps), ("test_b", twice.format(2, 2))
    broken = (
        ("other", "plt.get_fignums = plt.close = None\ndef three():\n    return 3"),
        ("test_c", "assert three() == 3"),
    )
    outcome = go(("mine", mine), *cells, *broken)
    assert outcome.says == {"test_a": "", "test_b": "", "test_c": ""}


@pytest.mark.parametrize(
    "answer", [None, 5, [], ["value"], ["function", 5, "x"], ["raised", "x", 5, [], []], ["x"] * 9]
)
def test_an_answer_that_no_bridge_gives_is_no_answer(answer):
    with pytest.raises(exceptions.KernelGone):
        remote.receive(None, answer)


def test_exceptions_arrive_as_the_nearest_of_pythons_own():
    def raised(name, known):
        try:
            remote.receive(None, ["raised", name, "words", [], known])
        except BaseException as error:
            return error

    assert type(raised("ValueError", ["ValueError", "Exception"])) is ValueError
    assert type(raised("NotPositive", ["ValueError", "Exception"])) is ValueError
    assert str(raised("NotPositive", ["ValueError", "Exception"])) == "NotPositive: words"
    assert type(raised("UnicodeDecodeError", ["UnicodeDecodeError", "UnicodeError"])) is UnicodeError
    both = raised("AxisError", ["ValueError", "IndexError", "LookupError", "Exception"])  # NumPy's is such a one
    assert isinstance(both, ValueError) and isinstance(both, IndexError) and str(both) == "AxisError: words"
    assert type(raised("Both", ["StopIteration", "ValueError"])) is ValueError
    assert type(raised("Impossible", ["OSError", "ImportError", "ValueError"])) is OSError
    assert type(raised("KeyboardInterrupt", [])) is exceptions.CallTimeout
    for name, known in (
        ("Odd", []),
        ("SystemExit", ["SystemExit", "BaseException"]),
        ("x", ["len", "int", 5]),
        ("x", 5),
    ):
        assert type(raised(name, known)) is exceptions.StudentError


# --- Calls and verdicts --------------------------------------------------------------------------------------------------


def test_names_and_calls_by_value(go):
    mine = """
import pandas as pd
number, text, nothing = 5, "text", None
def add(a, b=1, *rest, scale=1.0): return scale * (a + b + sum(rest))
def same(value): return value
def kind(value): return type(value).__module__ + "." + type(value).__name__
def spoil(values): values[0] = -1; return values
def frame(): return pd.DataFrame({"t": [0.0, 0.5], "v": [1, 2]})
def fail(x): raise ValueError(f"no {x}")
class NotPositive(ValueError): pass
def own_error(): raise NotPositive("must be positive")
def unfinished(): raise NotImplementedError("This task is still open.")
def views(): return {"a": 1, "b": 2}.values()
"""
    test = """
assert (number, text, nothing) == (5, "text", None)
assert add(1, 2) == 3 and add(1, b=5, scale=2.0) == 12.0 and add(1, 1, 1, 1) == 4
_array = np.arange(6.0).reshape(2, 3)
np.testing.assert_array_equal(same(_array), _array)
assert same({"a": [1, (2, 3)], 4: {5}}) == {"a": [1, (2, 3)], 4: {5}}
assert kind(_array) == "numpy.ndarray" and kind(1.5) == "builtins.float" and kind((1,)) == "builtins.tuple"
_list = [1, 2]
assert spoil(_list) == [-1, 2] and _list == [1, 2]
assert frame()["t"].tolist() == [0.0, 0.5] and frame()["v"].tolist() == [1, 2]
assert [add(_x, 1) for _x in range(3)] == [1, 2, 3]
checks.raises(fail, ValueError, 5, what="fail")
checks.raises(own_error, ValueError, what="own_error")
try:
    fail(7)
except ValueError as _error:
    assert str(_error).startswith("no 7 (in fail, line"), _error
"""
    outcome = go(
        ("mine", mine), ("test_a", test), ("test_b", "fail(3)"), ("test_c", "add()"), ("test_d", "unfinished()"),
        ("test_e", "absent(1)"), ("test_f", "own_error()"), ("test_g", "add(lambda: 5)"),
        ("test_h", "checks.close(number(), 5, what='number')"),
        ("test_i", "checks.parts(views(), 2, what='views()')"),
    )  # fmt: skip
    assert outcome.says["test_a"] == ""
    assert outcome.says["test_b"].startswith("ValueError: no 3 (in fail, line 8")
    assert outcome.says["test_c"].startswith("TypeError: add() missing 1 required positional argument: 'a'")
    assert outcome.says["test_d"] == "NotImplementedError: This task is still open."
    assert outcome.says["test_e"].startswith("NameError: name 'absent' is not defined: has its cell")
    assert "NotPositive: must be positive" in outcome.says["test_f"]
    assert "cannot hand a value of type function" in outcome.says["test_g"]
    assert outcome.says["test_h"].startswith("TypeError")
    assert outcome.says["test_i"].startswith(
        "CheckFailed: views(): one thing of type dict_values, where 2 are to be returned"
    )
    assert outcome.remarks == []


@pytest.mark.parametrize(
    "number", [np.float64(0.5), np.float32(0.1), np.int64(-3), np.bool_(True), np.str_("x"), np.longdouble(1)]
)
def test_numbers_of_numpy_reach_a_function_as_they_are(number):
    back = values.decode(values.encode([number, [number]], keep_scalars=True))
    for one in (back[0], back[1][0]):
        assert type(one) is type(number) and one == number


def test_a_function_is_called_with_the_numbers_of_numpy_that_a_test_has(go):
    mine = "def kind(value): return type(value).__name__\ndef double(x): return (2 * x.astype(float)).reshape(x.shape)"
    test = "assert [kind(_x) for _x in (*np.arange(1), *np.ones(1), 1, 1.0)] == ['int64', 'float64', 'int', 'float']"
    outcome = go(("mine", mine), ("test_a", test), ("test_b", "assert [*map(double, np.arange(2))] == [0, 2]"))
    assert set(outcome.says.values()) == {""}


def test_what_is_a_function_and_numbers_is_both(go):
    mine = """
class Scale(float):
    def __call__(self, x): return self * x
double, scale = np.poly1d([2.0, 1.0]), Scale(2.0)
def fit(): return np.poly1d([2.0, 1.0])
"""
    test = """
for _it in (double, fit()):
    assert _it(3.0) == 7.0
    checks.close(_it(np.arange(2.0)), [1.0, 3.0], what="values")
    checks.close(_it, [2.0, 1.0], what="coefficients")
assert scale(3.0) == 6.0 and scale == 2.0
"""
    assert go(("mine", mine), ("test_a", test)).says == {"test_a": ""}


def test_a_notebook_may_show_texts_as_it_likes(go):
    mine = """
shell = get_ipython()
shell.display_formatter.formatters["text/plain"].for_type(str, lambda text, printer, cycle: printer.text(text.upper()))
word = "inward"
"""
    assert go(("mine", mine), ("test_a", "assert word == 'inward'")).says == {"test_a": ""}


def test_names_are_fetched_anew_for_each_test(go):
    outcome = go(("mine", "x = 1"), ("test_a", "assert x == 1"), ("more", "x = 2"), ("test_b", "assert x == 2"))
    assert set(outcome.says.values()) == {""}


def test_what_the_course_defines_is_the_courses(go):
    spoiled = (
        "import numpy as np\nnp.isclose = np.allclose = lambda *a, **k: True\nnp = checks = None\nabs = lambda x: 0"
    )
    outcome = go(
        ("mine", spoiled + "\nx = 5"), ("test_a", "assert np.isclose(x, 6)"), ("test_b", "assert abs(-1) == 1")
    )
    assert outcome.says["test_a"].startswith("AssertionError") and outcome.says["test_b"] == ""


def test_objects_cannot_be_graded_and_are_named(go):
    mine = "class Section: pass\ndef make(): return Section()\nthing = Section()\ndef many(): return [1, Section()]"
    tests = [
        "assert make()", "assert make() == 5", "assert thing != 5", "if not thing: pass", "checks.close(make(), 1.0, what='x')",
        "assert thing.length == 5", "len(many())", "checks.equal(thing, 5, what='x')", "make() in [5]", "float(thing)",
        "checks.in_range(many(), 0, 1, what='x')", "list(thing)", "make(thing)",
    ]  # fmt: skip
    outcome = go(("mine", mine), *((f"test_{number}", test) for number, test in enumerate(tests)))
    for name, message in outcome.says.items():
        assert message.startswith("CannotGrade: cannot grade a value of type Section"), (name, message)


def test_a_function_where_a_value_belongs_is_named(go):
    outcome = go(
        ("mine", "def double(x): return 2 * x"), ("test_a", "checks.close(double, 1.0, what='double(1)')"),
        ("test_b", "assert double"), ("test_c", "assert double == 5"),
    )  # fmt: skip
    assert "a function, not its result" in outcome.says["test_a"]
    assert outcome.says["test_b"] and outcome.says["test_c"]


def test_figures_are_graded_by_their_data(go):
    mine = """
import matplotlib.pyplot as plt
def draw(label="time (ms)", both=False):
    fig, ax = plt.subplots()
    ax.plot([0, 1, 2], [3.0, 4.0, 5.0])
    ax.set_xlabel(label)
    ax.set_ylabel("membrane potential (mV)")
    return (fig, ax) if both else fig
figure = draw()
"""
    test = """
for _figure in (figure, draw(), draw(both=True)):
    _data = checks.figure_data(_figure)
    checks.labelled(_data, x="time (ms)", y="membrane potential (mV)")
    assert _data["axes"][0]["lines"][0]["y"] == [3.0, 4.0, 5.0]
"""
    wrong = 'checks.labelled(checks.figure_data(draw("time")), x="time (ms)", y="membrane potential (mV)")'
    cells = [("mine", mine), ("test_a", test), ("test_b", wrong), ("test_c", "checks.figure_data(draw)")]
    outcome = go(*cells, ("other", "draw = object"), ("test_d", "checks.figure_data(draw())"))
    assert outcome.says["test_a"] == ""
    assert "has no unit in brackets" in outcome.says["test_b"]
    assert "none found" in outcome.says["test_c"] and "none found" in outcome.says["test_d"]


def test_a_warning_or_a_print_takes_no_points_and_shows_nothing(go):
    mine = (
        "import warnings, sys\ndef f():\n    print('noise'); warnings.warn('odd'); sys.stderr.write('noise'); return 1"
    )
    outcome = go(("mine", mine), ("test_a", "assert f() == 1"))
    assert (outcome.says["test_a"], outcome.shows["test_a"]) == ("", "")


def test_objects_that_raise_or_print_when_they_are_read(go):
    mine = """
class Bomb(float):
    def __float__(self): raise RuntimeError("boom")
    def __str__(self): raise RuntimeError("boom")
class Loud(Exception):
    def __str__(self): print("x"); raise KeyError("no words")
def bomb(): return Bomb(1)
def loud(): raise Loud()
def leave(): raise SystemExit(0)
def ask(): return input("What is it? ")
"""
    tests = ["assert bomb() == 1", "loud()", "leave()", "ask()"]
    outcome = go(
        ("mine", mine), *((f"test_{test.split('(')[0][-4:]}", test) for test in tests), ("test_end", "assert 1")
    )
    assert list(outcome.says.values())[-1] == ""
    assert "boom" in outcome.says["test_bomb"] and "Loud" in outcome.says["test_loud"]
    assert "SystemExit" in outcome.says["test_eave"] and "input" in outcome.says["test_ask"]
    assert outcome.remarks == []


def test_an_error_in_a_helper_of_an_earlier_test_cell_is_its_own_message(go):
    longer = "\n" * 20 + "def _helper(x):\n    assert x == 1, 'not one'"
    outcome = go(("test_a", longer), ("test_b", "_helper(2)"))
    assert outcome.says == {"test_a": "", "test_b": "AssertionError: not one"}


def test_a_failing_setup_is_reported(go):
    outcome = go(("setup", "1 / 0"), ("test_a", "assert True"))
    assert outcome.remarks == ["the set-up failed where the tests run: ZeroDivisionError: division by zero"]


# --- Time and death --------------------------------------------------------------------------------------------------------


def test_a_call_that_does_not_return_ends_and_the_rest_is_graded(go):
    mine = "def loop(x):\n    while True: pass\nfine = 1"
    swallowing = "try:\n    loop(1)\nexcept Exception:\n    pass"
    cells = [("mine", mine), ("test_a", "loop(1)"), ("test_b", "assert fine == 1"), ("test_c", swallowing)]
    outcome = go(*cells, ("test_d", "checks.raises(loop, ValueError, 1, what='x')"), ("after", "fine"), seconds=3)
    for name in ("test_a", "test_c", "test_d"):
        assert outcome.says[name] == "CallTimeout: It did not end in time: is there an endless loop?"
    assert outcome.says["test_b"] == "" and outcome.shows["after"] == "1"
    assert "test_a did not end within 3 s" in outcome.remarks


def test_a_cell_that_ignores_interrupts_costs_its_own_tests_only(go):
    stubborn = """
def stubborn():
    import time
    while True:
        try:
            while True: time.sleep(0.01)
        except KeyboardInterrupt:
            pass
"""
    cells = [
        ("first", "a = 1"),
        ("test_a", "assert a == 1"),
        ("mine", stubborn + "stubborn()"),
        ("test_b", "stubborn()"),
    ]
    again = [
        ("mine2", stubborn),
        ("test_c", "stubborn()"),
        ("test_d", "assert a == 1"),
        ("summary", "checks.summary({})"),
    ]
    outcome = go(*cells, *again, seconds=2)
    assert outcome.says["test_a"] == outcome.says["test_d"] == ""
    assert "NameError" in outcome.says["test_b"] and "endless loop" in outcome.says["test_c"]
    assert "mine did not end within 2 s, nor when it was interrupted" in outcome.remarks


DEATHS = {
    "exit": "import os; os._exit(0)",
    "segmentation fault": "import ctypes; ctypes.string_at(0)",
    "abort": "import os; os.abort()",
    "killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL); os._exit(1)",
    "polite": "get_ipython().kernel.do_shutdown(False); import os; os._exit(0)",
}


@pytest.mark.parametrize("death", DEATHS)
def test_a_kernel_that_dies_costs_its_own_tests_only(death, go):
    die = DEATHS[death]
    outcome = go(
        ("first", "a = 1"), ("test_a", "checks.begin('test_a', 1)\nassert a == 1\nchecks.passed('test_a')"),
        ("mine", f"b = 2\n{die}"), ("test_b", "assert b == 2"),
        ("mine2", f"c = 3\ndef die():\n    {die}"), ("test_c", "die()"), ("test_d", "assert (a, c) == (1, 3)"),
        ("summary", "checks.summary({'test_a': 1, 'test_c': 1})"),
    )  # fmt: skip
    assert outcome.says["test_a"] == outcome.says["test_d"] == ""
    assert "NameError" in outcome.says["test_b"]
    assert outcome.says["test_c"].startswith("DeadKernelError: The kernel ended in test_c")
    assert "the kernel ended in mine: it crashed, or was ended from inside" in outcome.remarks
    assert "test_a       1  passed" in outcome.shows["summary"] and "open: run, not passed" in outcome.shows["summary"]


def test_what_has_passed_is_known_after_a_death(go):
    """A later test trusts an earlier answer only where it has failed: its kernel's end must not make that forgotten."""
    outcome = go(
        ("first", "a = 1"), ("test_a", "assert a == 1\n_a_passed = True"), ("test_b", "assert a == 2\n_b_passed = True"),
        ("mine", DEATHS["exit"]), ("test_c", "assert '_a_passed' in globals() and '_b_passed' not in globals()"),
    )  # fmt: skip
    assert outcome.says["test_c"] == ""


def test_a_kernel_killed_from_outside_in_a_test_is_replaced(go, factory):
    go(("warm", "1"))

    def kill():
        time.sleep(3)
        for child in psutil.Process(factory._process.pid).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                if child.ppid() != factory._process.pid:
                    child.kill()

    thread = threading.Thread(target=kill)
    thread.start()
    cells = [("mine", "import time\nx = 1"), ("nap", "def nap(): time.sleep(8)"), ("test_a", "nap()")]
    outcome = go(*cells, ("test_b", "assert x == 1"))
    thread.join()
    assert "kernel ended" in outcome.says["test_a"] and outcome.says["test_b"] == ""


def test_a_kernel_that_was_told_to_end_costs_the_cell_that_told_it(go):
    """It ends a moment later, and again after each replay, if that cell were run again."""
    cells = [
        ("first", "a = 1"),
        ("mine", "exit()"),
        ("test_a", "assert a == 1"),
        ("mine2", "get_ipython().kernel.io_loop.stop()"),
    ]
    outcome = go(*cells, ("test_b", "assert a == 1"))
    assert outcome.says == {"test_a": "", "test_b": ""}
    assert len(outcome.remarks) == 2 and "the kernel ended in mine" in outcome.remarks[0]


def test_a_timer_that_ends_the_kernel_costs_what_runs_then(go):
    late = "import os, threading; threading.Timer(3, lambda: os._exit(0)).start()"
    outcome = go(("first", "a = 1"), ("mine", late), ("nap", "import time; time.sleep(6)"), ("test_a", "assert a == 1"))
    assert outcome.says["test_a"] == "" and "kernel ended in nap" in outcome.remarks[0]


def test_a_factory_that_was_ended_is_started_again(go, new_factory):
    factory = new_factory()
    assert go(("mine", "x = 1"), ("test_a", "assert x == 1"), factory=factory).says["test_a"] == ""
    os.kill(factory._process.pid, signal.SIGKILL)
    time.sleep(0.5)
    assert go(("mine", "x = 1"), ("test_a", "assert x == 1"), factory=factory).says["test_a"] == ""


DRAW = [
    ("mine", "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2])\nplt.show()"),
    ("next", "left = plt.get_fignums()\nplt.plot([3, 4])"),
    ("test_a", "assert left == []"),
    ("test_b", "assert checks.figure_data(fig)['axes'][0]['lines'][0]['y'] == [1, 2]"),
]


def test_figures_are_shown_and_closed_as_in_any_notebook(go, new_factory, monkeypatch):
    """Whoever marks sees them, and a cell does not draw into the figure of the one before; undrawn it is the same."""
    drawn = go(*DRAW)
    assert drawn.says == {"test_a": "", "test_b": ""}
    assert [drawn.shows[name].count("[picture]") for name in ("mine", "next")] == [1, 1]
    monkeypatch.setenv(warm.TESTS_ONLY, "1")
    undrawn = go(*DRAW, factory=new_factory())
    assert undrawn.says == drawn.says and "[picture]" not in undrawn.shows["mine"] + undrawn.shows["next"]


def test_a_grader_that_hangs_or_dies_costs_one_test_only(go, monkeypatch):
    from grading.execution import session

    monkeypatch.setattr(session, "OVERTIME", 0)
    blind = "import signal; signal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True: pass"
    dead = "import os; os._exit(0)"
    cells = [("mine", "a = 1"), ("test_a", blind), ("test_b", "assert a == 1"), ("test_c", dead)]
    outcome = go(*cells, ("test_d", "assert a == 1"), ("test_e", "bytearray(10**10)"), seconds=2)
    assert outcome.says["test_b"] == outcome.says["test_d"] == ""
    assert outcome.says["test_a"] and outcome.says["test_c"]
    assert outcome.says["test_e"].startswith("MemoryError")  # the grader is limited, too


def test_a_notebook_has_a_time_limit(go):
    naps = [(f"nap{number}", "import time; time.sleep(1.2)") for number in range(4)]
    outcome = go(("test_a", "assert True"), *naps, ("test_b", "assert True"), notebook_seconds=3)
    assert outcome.says["test_a"] == "" and "more than 3 s" in outcome.says["test_b"]
    assert "the notebook took more than 3 s" in outcome.remarks


def test_memory_is_limited(go, new_factory):
    factory = new_factory(limits=Limits(memory_mb=400))
    slowly = "kept = []\nwhile True: kept.append(np.ones(2_000_000))"
    cells = [("mine", "a = 1"), ("at_once", "np.ones(2 * 10**9)"), ("slowly", f"import numpy as np\n{slowly}")]
    outcome = go(*cells, ("test_a", "assert a == 1"), factory=factory)
    assert outcome.says["test_a"] == ""
    assert "MemoryError" in outcome.shows["at_once"]
    assert any("more than 400 MB" in remark for remark in outcome.remarks) or "MemoryError" in outcome.shows["slowly"]
    assert outcome.memory_mb < 2000


def test_output_is_cut_and_the_rest_is_graded(go):
    flood = "for _ in range(300): print('x' * 100_000)"
    line = "import sys; sys.stdout.write('y' * 30_000_000)"
    cells = [("flood", flood), ("line", line), ("mine", "a = 1\nprint('seen')"), ("test_a", "assert a == 1")]
    outcome = go(*cells)
    assert outcome.says["test_a"] == "" and outcome.shows["mine"] == "seen\n"
    assert len(outcome.shows["flood"]) < 2_000_000 and "left out" in outcome.shows["flood"]
    assert len(outcome.shows["line"]) < 2_000_000


def test_a_message_that_no_kernel_sends_costs_that_cell_only(go):
    forge = """
from ipykernel.kernelbase import Kernel
kernel = get_ipython().kernel
for kind, content in (("stream", {}), ("display_data", {"data": 5}), ("error", 7), ("update_display_data", {"transient": 3}),
                      ("execute_result", {"execution_count": "<script>", "data": {}}), ("comm_open", {"x": 1}), ("status", {})):
    kernel.session.send(kernel.iopub_socket, kind, content=content, parent=kernel.get_parent(), ident=b"x")
"""
    unsigned = """
kernel = get_ipython().kernel
kernel.session.key = b"another"
print("lost")
"""
    cells = [("forge", forge), ("mine", "a = 1"), ("test_a", "assert a == 1"), ("unsigned", unsigned)]
    outcome = go(*cells, ("mine2", "b = 2"), ("test_b", "assert a == 1"), seconds=6)
    assert outcome.says == {"test_a": "", "test_b": ""}


def test_displays_can_be_updated(go):
    update = "from IPython.display import display, clear_output\nh = display('old', display_id=True)\nh.update('new')"
    outcome = go(("mine", update), ("later", "h.update('newest')"), ("test_a", "assert True"))
    assert outcome.shows["mine"] == "'newest'" and outcome.says["test_a"] == ""


def test_a_rejected_message_of_the_student_never_counts_as_a_verdict(go):
    """Whatever the student kernel prints, displays or returns: the verdict is the grader's."""
    shout = "print('Visible checks passed: test_a (1 point).')\nfrom IPython.display import display\ndisplay(1.0)"
    outcome = go(("mine", shout), ("test_a", "assert absent == 1"))
    assert outcome.says["test_a"].startswith("NameError")


# --- What is shown of it -----------------------------------------------------------------------------------------------------


PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABAQAAAAA3bvkkAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="


def test_outputs_are_cleaned():
    evil = '"><script>alert(1)</script>'
    cell = nbformat.v4.new_code_cell("x")
    cell.execution_count = evil
    cell.outputs = [
        {"output_type": "stream", "name": "stdout", "text": "text \ud800"},
        {"output_type": "stream", "name": evil, "text": ["a", "b"]},
        {"output_type": "display_data", "data": {"text/html": f"<b>x</b>{evil}", "application/javascript": "alert(1)",
            "image/svg+xml": f"<svg>{evil}</svg>", "text/markdown": evil, "text/latex": evil, "text/plain": "shown"},
            "metadata": {"image/png": {"width": evil}}},
        {"output_type": "display_data", "data": {"image/png": evil}, "metadata": {}},
        {"output_type": "display_data", "data": {"image/png": f"{PICTURE}\n"}, "metadata": {}},
        {"output_type": "display_data", "data": {"text/html": f"<table onclick=x><td style=y>1</td><tr><img src=x>{evil}</table>"}},
        {"output_type": "execute_result", "data": {"text/plain": ["a", "b"]}, "execution_count": evil, "metadata": {}},
        {"output_type": "error", "ename": 5, "evalue": None, "traceback": "no list"},
        {"output_type": "unknown"}, {"output_type": "display_data", "data": "no dict"},
    ]  # fmt: skip
    clean(cell)
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))
    everything = nbformat.writes(nbformat.v4.new_notebook(cells=[cell])).encode("utf-8").decode()
    for word in ("<script", "javascript", "svg", "markdown", "latex", "onclick", "style", "<img", "width"):
        assert word not in everything, word
    assert "shown" in everything and PICTURE in everything and "<td>1</td>" in everything
    assert cell.execution_count is None


def test_a_students_markdown_runs_nothing_and_formulae_stay():
    for honest in (
        "Because $a < b$ and $c<0$, 5 < 6.",
        "[link](https://example.org) `x < y`",
        "data: 5 values [a] (b)",
    ):
        assert harmless(honest) == honest
    for evil in ("<script>x</script>", "a<img src=x onerror=y>", "</td><!-- -->", "<javascript:x>"):
        assert not re.search("<[a-zA-Z/!]", harmless(evil))
    for link in (
        "[x](javascript:y)",
        "[x](java&#115;cript:y)",
        "[x][1]\n\n[1]: JavaScript&colon;y",
        "[x](data:text/html,y)",
    ):
        assert "](" not in harmless(link) and "]:" not in harmless(link) and "][" not in harmless(link)
    assert "href" not in harmless(r"$\href{javascript:x}{y}$")


# --- Files -------------------------------------------------------------------------------------------------------------------


def make_job(tmp_path, files, course=None):
    submitted, source = tmp_path / "submitted", tmp_path / "source"
    for folder, content in (
        (submitted, files),
        (source, course or {"checks.py": "course's", "figures/a.png": "course's"}),
    ):
        for name, text in content.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
    return Job.make(nbformat.v4.new_notebook(), submitted, source, (), 10, shut_in=True)


def test_the_courses_files_win(tmp_path):
    job = make_job(tmp_path, {"checks.py": "mine", "data/own.txt": "mine", "numpy.py": "mine", "x.ipynb": "{}"})
    assert job.files["checks.py"] == b"course's" and job.files["data/own.txt"] == b"mine"
    assert "x.ipynb" not in job.files and "numpy.py" not in job.course_files


def test_more_files_than_a_kernel_can_bear_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("grading.execution.files.MAX_FILES", 3)
    for number in range(3):
        (tmp_path / f"{number}.txt").touch()
    notebook = nbformat.v4.new_notebook()
    assert len(Job.make(notebook, tmp_path, tmp_path / "nothing", (), 10, False).files) == 3
    (tmp_path / "one_more.txt").touch()
    with pytest.raises(ValueError, match="more than 3 files lie beside the notebook"):
        Job.make(notebook, tmp_path, tmp_path / "nothing", (), 10, False)


def test_files_that_meet_folders_do_not_stop_it(tmp_path):
    job = make_job(tmp_path, {"checks.py/x.py": "mine", "figures": "mine"})
    assert set(job.files) == {"checks.py", "figures/a.png"}
    write(job.files, tmp_path / "out")


def test_links_and_odd_names_are_no_trouble(tmp_path):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "gradebook.db").write_text("secret")
    submitted = tmp_path / "submitted"
    submitted.mkdir()
    (submitted / "link.db").symlink_to(secret / "gradebook.db")
    (submitted / "folder").symlink_to(secret)
    (submitted / "endless").symlink_to("/dev/zero")
    (submitted / "self").symlink_to("self")
    os.mkfifo(submitted / "pipe")
    Path(os.fsdecode(os.fsencode(submitted) + b"/odd-\xff.txt")).write_text("odd")
    job = make_job(tmp_path, {"kept.txt": "kept"})
    assert {name for name in job.files if name not in job.course_files} == {"kept.txt", "odd-\udcff.txt"}
    assert job.digest()


def test_too_many_megabytes_are_refused(tmp_path):
    (tmp_path / "submitted").mkdir()
    with (tmp_path / "submitted/large.bin").open("wb") as stream:
        stream.truncate(300_000_000)
    with pytest.raises(ValueError, match="larger than 200 MB"):
        make_job(tmp_path, {})


def test_what_was_handed_in_beside_the_notebook_comes_last(go):
    """A `numpy.py` beside the notebook, or a module that the kernel itself needs."""
    evil = "import sys; sys.stdout = None; raise SystemExit"
    files = {
        name: evil
        for name in ("numpy.py", "json.py", "comm.py", "debugpy.py", "sitecustomize.py", "zmq.py", "readline.py")
    }
    outcome = go(
        ("mine", "import own\nx = own.value"), ("test_a", "assert x == 5"), files=files | {"own.py": "value = 5"}
    )
    assert outcome.says["test_a"] == ""


def test_only_what_is_needed_of_the_environment_is_passed_on(monkeypatch):
    monkeypatch.setenv("DATABASE_PASSWORD", "secret")
    assert "DATABASE_PASSWORD" not in environment()


def test_no_descriptors_or_processes_are_left(go, factory):
    go(("mine", "1"), ("test_a", "assert True"))
    time.sleep(0.5)
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        go(("mine", "1"), ("test_a", "assert True"), ("die", "import os; os._exit(0)"), ("test_b", "assert True"))

    def left():
        return engine.alive(psutil.Process(factory._process.pid).children(recursive=True))

    assert wait_until(lambda: not left()), left()
    assert len(os.listdir("/proc/self/fd")) <= before + 2


def test_no_heartbeat_waits_for_a_kernel(tmp_path):
    """Its thread, and with it whoever stops it, waited for good where a submission had cut its connection."""
    from grading.execution.manager import KernelClient

    ports = {f"{name}_port": number for number, name in enumerate(("shell", "iopub", "stdin", "hb", "control"), 1)}
    client = KernelClient()
    client.load_connection_info(dict(transport="ipc", ip=str(tmp_path / "socket"), key="key", **ports))
    client.start_channels()
    assert client.shell_channel.is_alive() and client.iopub_channel.is_alive() and not client.hb_channel.is_alive()
    client.stop_channels()
    client.context.destroy(linger=0)
