"""The grader process: runs test cells in a namespace of its own and says how each ended.

It reads one JSON object a line from a socket and answers with one:
`{"connect": path, "folder": ...}` names the student kernel, `{"setup": source}` runs without judging,
`{"test": source, "seconds": ...}` judges. Everything that comes from the student kernel is plain data.
"""

import ast
import contextlib
import io
import json
import os
import signal
import socket
import sys
import time
import traceback

import numpy as np

from grading.execution.exceptions import ENDLESS, CallTimeout
from grading.execution.remote import Names, StudentKernel

NAME = "<test cell>"
OVERTIME = 5  # seconds beyond the budget after which the test's own code is stopped
SETUP_SECONDS = 60
MAX_WORDS = 2000


def serve(connection: socket.socket) -> None:
    """Answer requests until the other side closes the socket."""
    names: Names | None = None
    with connection, connection.makefile("rw", encoding="utf-8") as stream:
        for line in stream:
            request = json.loads(line)
            if "connect" in request:
                os.chdir(request["folder"])
                sys.path.insert(0, request["folder"])
                names = Names(StudentKernel(request["connect"]))
                reply = {"status": "ok"}
            elif "setup" in request:
                reply = run(request["setup"], names, SETUP_SECONDS)
            else:
                reply = run(request["test"], names, request["seconds"])
            stream.write(json.dumps(reply) + "\n")
            stream.flush()


def run(source: str, names: Names, seconds: float) -> dict:
    """Run a cell; how it ended, what it printed, a number that it ends with, a failure's type, words and traceback."""
    printed = io.StringIO()
    names.forget()
    names.kernel.deadline = time.monotonic() + seconds
    reply = {"status": "ok"}
    signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, seconds + OVERTIME)
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            value = _run(ast.parse(source, NAME), names)
        if isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool):
            reply["score"] = float(value)
    except BaseException as error:  # whatever a test raises is its verdict
        signal.setitimer(signal.ITIMER_REAL, 0)
        reply = {"status": "error", "ename": type(error).__name__, "evalue": str(error)[:MAX_WORDS]}
        reply["traceback"] = _own_lines(error, source)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return reply | {"stdout": printed.getvalue()[:10_000]}


def _run(cell: ast.Module, names: Names):
    """Run a cell; what its last line is worth, if that is an expression, as in a notebook."""
    last = cell.body.pop() if cell.body and isinstance(cell.body[-1], ast.Expr) else None
    exec(compile(cell, NAME, "exec"), names)
    return eval(compile(ast.Expression(last.value), NAME, "eval"), names) if last else None


def _stop(number, frame) -> None:
    raise CallTimeout(ENDLESS)


def _own_lines(error: BaseException, source: str) -> list[str]:
    """The failing lines of the test cell, for the person who grades; students never see them."""
    lines = dict(enumerate(source.splitlines(), 1))
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == NAME]
    return [f"line {frame.lineno}: {lines[frame.lineno].strip()}" for frame in frames if frame.lineno in lines]


if __name__ == "__main__":
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(sys.argv[1])
    serve(connection)
