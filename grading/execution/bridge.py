"""The student kernel's end: looks names up and calls functions for the grader, and answers by value.

It listens on a socket of its own and answers in the kernel's loop, so while no cell runs: one line of JSON each way, where
Jupyter's messages would take ten times as long. A submission that finds it may replace it; what it then answers is still
only data, which the tests judge like any other answer.
"""

import asyncio
import contextlib
import json
import os
import signal
import socket
import traceback

from IPython import get_ipython
from matplotlib import pyplot

from grading.execution import values

_kept: list = []  # what stays here: the server, figures and the like, which are asked for data


def listen(path: str, loop: asyncio.AbstractEventLoop) -> None:
    """Wait for graders at this path, from when the kernel's loop runs."""
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(path)
    listening.listen()
    _kept.append(loop.create_task(loop.create_unix_server(Connection, sock=listening)))


class Connection(asyncio.Protocol):
    """A grader that asks; it waits for each answer."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        self._transport, self._received = transport, []

    def data_received(self, data: bytes) -> None:
        self._received.append(data)
        if data.endswith(b"\n"):
            function, *arguments = json.loads(b"".join(self._received))
            self._received = []
            self._transport.write(globals()[function](*arguments).encode() + b"\n")


def ping() -> str:
    """Say that the loop goes on."""
    return values.encode(None)


def look(name: str) -> str:
    """What a name of the notebook holds."""
    namespace = get_ipython().user_ns
    if name not in namespace:
        return values.encode(["missing"])
    return _answer(lambda: namespace[name])


def call(handle: str, arguments: str) -> str:
    """Call a function of the notebook with arguments by value."""
    function = _object(handle)
    positional, named = values.decode(arguments)
    return _answer(lambda: function(*positional, **named))


def figure_data(handle: str) -> str:
    """What `checks.figure_data` finds in a figure that stays here."""
    import checks

    return _answer(lambda: checks.figure_data(_object(handle)))


def _object(handle: str):
    return _kept[int(handle)]


def _answer(compute) -> str:
    """The outcome of a computation: a value, something that stays here, or an exception's name and words.

    As in a cell, it can be interrupted, and figures that it opens are closed. What it prints goes nowhere: nobody would
    see it, and it may be endless.
    """
    before = _open_figures()
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            return _outcome(compute())
        except BaseException as error:  # whatever a student's code raises, also while its result is read
            return values.encode(_raised(error))
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            with contextlib.suppress(Exception):  # of a notebook that has changed pyplot
                for number in _open_figures() - before:
                    pyplot.close(number)


def _open_figures() -> set[int]:
    with contextlib.suppress(Exception):
        return set(pyplot.get_fignums())
    return set()


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
