"""The student kernel's end: looks names up and calls functions for the grader, and answers by value.

Sent to the kernel and installed as `_course_bridge`, beside `_course_values`, before any student code runs. A submission may replace it; what it
then answers is still only data, which the tests judge like any other answer.
"""

import contextlib
import os
import traceback

import _course_values as values

_kept: list = []  # figures and the like, which stay here and are asked for data


class Text:
    """An answer that is shown as it is, also where a notebook has changed how texts are shown."""

    def __init__(self, text: str):
        self._text = text

    def _repr_mimebundle_(self, **kwargs) -> dict:
        return {"text/plain": repr(self._text)}


def look(name: str) -> Text:
    """What a name of the notebook holds."""
    namespace = get_ipython().user_ns  # noqa: F821
    if name not in namespace:
        return Text(values.encode(["missing"]))
    return _answer(lambda: namespace[name])


def call(handle: str, arguments: str) -> Text:
    """Call a function of the notebook with arguments by value."""
    function = _object(handle)
    positional, named = values.decode(arguments)
    return _answer(lambda: function(*positional, **named))


def figure_data(handle: str) -> Text:
    """What `checks.figure_data` finds in a figure that stays here."""
    import checks

    return _answer(lambda: checks.figure_data(_object(handle)))


def _object(handle: str):
    return _kept[int(handle)]


def _answer(compute) -> Text:
    """The outcome of a computation: a value, something that stays here, or an exception's name and words.

    What it prints goes nowhere: nobody would see it, and it may be endless.
    """
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        try:
            return Text(_outcome(compute()))
        except BaseException as error:  # whatever a student's code raises, also while its result is read
            return Text(values.encode(_raised(error)))


def _outcome(value) -> str:
    try:
        # A polynomial is numbers and a function at once.
        return values.encode(["callable", _keep(value), value] if callable(value) else ["value", value])
    except values.CannotSend as error:
        return values.encode(["function" if callable(value) else "object", _keep(value), str(error)])


def _keep(value) -> str:
    _kept.append(value)
    return str(len(_kept) - 1)


def _raised(error: BaseException) -> list:
    """Name, words and place of an exception, and Python's own types that it belongs to."""
    try:
        words = str(error)[:2000]
    except BaseException:
        words = ""
    kind = type(error)
    known = [base.__name__ for base in kind.__mro__ if base.__module__ == "builtins"]
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "ipykernel_" in frame.filename]
    where = [f"{frame.name}, line {frame.lineno}: {frame.line}" for frame in frames]
    return ["raised", kind.__name__, words, where[-1:], known]
