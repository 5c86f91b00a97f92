"""Kernels and graders as forks of the warm parent: what happens between the fork and the first request."""

import contextlib
import json
import os
import random
import signal
import socket
import sys
from pathlib import Path

import psutil

from grading.execution import sandbox
from grading.execution.limits import Limits, limit_growth
from grading.execution.process import adopt_orphans, end_with_parent
from grading.execution.warm import PROBE, TESTS_ONLY

FIRST_UID = 200_000
GRADER_MB = 2000
READY = b"ready"


def fork_kernel(**request) -> int:
    """Fork a kernel; returns the process id that signals go to, once the kernel listens.

    The first child leaves the host and forks a second one, which is alone in its process namespace, settles and
    becomes the kernel; the first, its guard, waits for it.
    """
    receive, send = os.pipe()
    here = os.getpid()
    child = os.fork()
    if child == 0:
        let_go(keep=send)
        _guard_kernel(here, send, **request)
    os.close(send)
    with os.fdopen(receive) as stream:
        reply = json.loads(stream.read() or "{}")
    if "pid" not in reply:
        raise OSError(reply.get("error", "the kernel ended before it began"))
    return reply["pid"]


def _guard_kernel(
    factory: int,
    send: int,
    connection_file: str,
    folder: str,
    readable: list,
    hidden: list,
    limits: dict,
    shut_in: bool,
) -> None:
    """Start a kernel, report it, and clear up behind it; never returns."""
    uid, allowed, sockets = FIRST_UID + os.getpid(), Limits(**limits), Path(connection_file).parent
    try:
        end_with_parent(factory)
        if shut_in:
            sandbox.enter(Path(folder), sockets, [*map(Path, readable)], [*map(Path, hidden)], uid, allowed)
        else:
            adopt_orphans()
        listens, ready = os.pipe()
        waits, go = os.pipe()
        guard, kernel = os.getpid(), os.fork()
        if kernel == 0:
            for number in (send, listens, go):
                os.close(number)
            _become_kernel(connection_file, folder, uid, allowed, shut_in, guard, ready, waits)
        os.close(ready)
        os.close(waits)
        words = _read_all(listens)
        if words != READY:
            raise OSError(words.decode(errors="replace") or "the kernel ended before it began")
        if shut_in:
            sandbox.close_off(sockets)
        os.write(send, json.dumps({"pid": kernel}).encode())
        os.close(send)
        os.close(go)
        os.waitpid(kernel, 0)
        if not shut_in:
            _end_children()
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.write(send, json.dumps({"error": f"{type(error).__name__}: {error}"}).encode())
    os._exit(0)


def _become_kernel(
    connection_file: str, folder: str, uid: int, limits: Limits, shut_in: bool, guard: int, ready: int, waits: int
) -> None:
    """Settle, listen, say so, and serve when the guard lets it; never returns. A probe settles and ends."""
    pictures = TESTS_ONLY not in os.environ
    try:
        if shut_in:
            sandbox.settle(uid, limits)
        else:
            sandbox.settle_without(folder, limits, guard)
        if PROBE in sys.argv:
            os.write(ready, READY)
            os._exit(0)
        _reseed()
        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        from grading.execution import kernel

        def listens() -> None:
            os.write(ready, READY)
            os.close(ready)
            _read_all(waits)

        kernel.serve(connection_file, pictures, listens)
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.write(ready, f"{type(error).__name__}: {error}".encode())
    finally:
        os._exit(0)


def fork_grader(path: str) -> int:
    """Fork a grader process that connects to the socket at `path`; returns its process id."""
    here = os.getpid()
    child = os.fork()
    if child == 0:
        try:
            let_go()
            end_with_parent(here)
            _reseed()
            limit_growth(GRADER_MB)
            from grading.execution import grader

            connection = socket.socket(socket.AF_UNIX)
            connection.connect(path)
            grader.serve(connection)
        finally:
            os._exit(0)
    return child


def let_go(keep: int | None = None) -> None:
    """Close what the factory has open: a child that reads or writes there would disturb it."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    for number in map(int, os.listdir("/proc/self/fd")):
        if number > 2 and number != keep:
            with contextlib.suppress(OSError):
                os.close(number)


def _read_all(number: int) -> bytes:
    """What comes from a pipe until its other end is closed."""
    with os.fdopen(number, "rb") as stream:
        return stream.read()


def _end_children() -> None:
    """End what a kernel left behind; in a sandbox it has ended with the kernel."""
    with contextlib.suppress(psutil.Error):
        for left in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error):
                left.kill()


def _reseed() -> None:
    import numpy

    random.seed()
    numpy.random.seed()  # noqa: NPY002, the generator that notebooks may use
