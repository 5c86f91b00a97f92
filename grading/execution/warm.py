"""Where kernels and graders come from: forked by a warm factory, or started as programs where that cannot be."""

import ast
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TextIO

import psutil

from grading import course as courses
from grading.course import Unit
from grading.execution.limits import Limits

PROBE = "--probe"  # for a factory that warms nothing up, and whose kernels settle in the sandbox and end

BRIDGE = "bridge"  # the socket, beside a kernel's own, where it answers what tests ask

LISTEN = "--listen"  # for a factory of factories; the number of the socket follows

# A variable of the environment, set where only verdicts count: what no test needs is then not run, and nothing is drawn.
TESTS_ONLY = "GRADING_TESTS_ONLY"

# What a factory needs of its surroundings. Nothing else: a kernel's memory begins as a copy of the factory's.
LOCALE = ("LANG", "LC_ALL", "LC_CTYPE")
PASSED_ON = ("PATH", "HOME", *LOCALE, "LD_LIBRARY_PATH", "PYTHONPATH", "CONDA_PREFIX", TESTS_ONLY)


class FactoryError(RuntimeError):
    """No kernel or grader could be made; the message says what the system refused."""


class Factory:
    """The warm parent of one grading process: started at the first request, or by `warm_up`.

    Parameters
    ----------
    uses : tuple of str
        Simulators to import beforehand, as course.toml names them, and modules.
    shut_in : bool
        Put each kernel into the sandbox.
    shared : str
        The address of a `SharedFactory`, which forks the warm parent; where it has ended one is started.
    """

    def __init__(
        self, uses: tuple[str, ...] = (), shut_in: bool = True, limits: Limits | None = None, shared: str = ""
    ):
        self.uses, self.shut_in, self.limits, self.shared = uses, shut_in, limits or Limits(), shared
        self._process: subprocess.Popen | None = None
        self._streams: tuple[TextIO, TextIO] | None = None  # its answers, our requests
        self._one_at_a_time = threading.Lock()

    def warm_up(self) -> None:
        """Start the warm parent now, not at the first request, and do not wait for it."""
        with self._one_at_a_time:
            self._begin()

    def kernel(self, connection_file: str, folder: str) -> int:
        """Make a kernel that listens where `connection_file` says; returns its process id."""
        places = dict(readable=readable_paths(), hidden=hidden_paths())
        limits = dict(limits=asdict(self.limits), shut_in=self.shut_in)
        return self._ask(start="kernel", connection_file=connection_file, folder=folder, **places, **limits)

    def grader(self, path: str) -> int:
        """Make a grader that connects to the socket at `path`; returns its process id."""
        return self._ask(start="grader", path=path)

    def kill(self, pid: int) -> None:
        with contextlib.suppress(psutil.Error):
            psutil.Process(pid).kill()

    def close(self) -> None:
        """End the warm parent, and with it all that it forked."""
        if self._streams:
            for stream in reversed(self._streams):
                with contextlib.suppress(OSError):
                    stream.close()
        if self._process:
            self._process.wait(10)
        self._process = self._streams = None

    def _ask(self, **request) -> int:
        with self._one_at_a_time:
            reply = self._send(request)
            if reply is None:  # it was ended from outside
                self.close()
                reply = self._send(request) or {"error": "the factory ended, twice"}
        if "pid" not in reply:
            raise FactoryError(reply["error"])
        return reply["pid"]

    def _send(self, request: dict) -> dict | None:
        """The factory's answer, or None if it has ended."""
        answers, requests = self._begin()
        try:
            requests.write(json.dumps(request) + "\n")
            requests.flush()
            return json.loads(answers.readline())
        except (OSError, ValueError):
            return None

    def _begin(self) -> tuple[TextIO, TextIO]:
        if self._streams is None:
            self._streams = self._connected() or self._started()
        return self._streams

    def _connected(self) -> tuple[TextIO, TextIO] | None:
        """Streams to a factory that the shared one forks, or None where there is none."""
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
            if self.shared:
                connection.connect(self.shared)
                return connection.makefile("r"), connection.makefile("w")
        return None

    def _started(self) -> tuple[TextIO, TextIO]:
        self._process = _factory_process(self.uses)
        return self._process.stdout, self._process.stdin


class SharedFactory:
    """A warm parent for several processes of this machine, which imports simulators once for all of them.

    Parameters
    ----------
    uses : tuple of str
        Simulators and modules to import.
    """

    def __init__(self, uses: tuple[str, ...]):
        self._folder = tempfile.TemporaryDirectory(prefix="factory-")
        self.address = f"{self._folder.name}/socket"
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(self.address)
            listening.listen()
            self._process = _factory_process((*uses, LISTEN, str(listening.fileno())), pass_fds=[listening.fileno()])

    def leave(self) -> None:
        """Let go of it in a fork of the process that started it: it ends when that one closes its pipe."""
        self._process.stdin.close()
        self._process.stdout.close()

    def close(self) -> None:
        """End it and all that it forked; a second time does nothing."""
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()
        self._folder.cleanup()


def _factory_process(words: tuple[str, ...], **options) -> subprocess.Popen:
    command = [sys.executable, "-m", "grading.execution.factory", *words]
    pipes = dict(stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return subprocess.Popen(command, env=environment(), cwd=courses.ROOT, **pipes, **options)


def needs(exercise: Unit) -> tuple[str, ...]:
    """What a warm parent imports for an exercise: the simulators that it uses, and the modules that its text imports."""
    text = courses.text_folder(exercise, courses.ROOT) / f"{exercise.id}.py"
    imported = _imports(text.read_text(encoding="utf-8")) if text.is_file() else set()
    return (*exercise.uses, *sorted(imported - set(exercise.uses)))


@cache
def _imports(source: str) -> set[str]:
    found = set()
    with contextlib.suppress(SyntaxError):  # it may hold what only IPython reads
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module)
    return found


def environment() -> dict[str, str]:
    """For factories, kernels and graders: one thread each, since several run at once, and no windows."""
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ} | dict(
        OMP_NUM_THREADS="1",
        OMP_WAIT_POLICY="passive",  # a notebook that asks for more threads: they sleep while they wait for each other
        OPENBLAS_NUM_THREADS="1",
        MPLBACKEND="agg",
        NEURON_MODULE_OPTIONS="-nogui",
        PYDEVD_DISABLE_FILE_VALIDATION="1",
    )


def readable_paths() -> list[str]:
    """The interpreter and the packages, and nothing else of the place where the course lies."""
    return sorted({sys.prefix, sys.base_prefix})


def hidden_paths() -> list[str]:
    """The course and what is graded, wherever they lie."""
    return sorted({str(courses.ROOT), str(courses.workspace())})


@cache
def sandbox_problem() -> str:
    """Why kernels cannot be shut in here, in words; empty where they can. Tries it with a process that then ends."""
    if not sys.platform.startswith("linux"):
        return f"the sandbox needs Linux, this is {sys.platform}"
    factory = Factory((PROBE,))
    with tempfile.TemporaryDirectory(prefix="sandbox-") as name:
        sockets, folder = Path(name, "sockets"), Path(name, "folder")
        sockets.mkdir()
        folder.mkdir()
        try:
            factory.kernel(f"{sockets}/connection.json", str(folder))
        except FactoryError as error:
            from grading.execution.sandbox import advice

            return f"{error}{advice()}"
        finally:
            factory.close()
    return ""
