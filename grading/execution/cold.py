"""Kernels and graders started as programs, where forks of a warm parent cannot be."""

import subprocess
import sys

from grading import course as courses
from grading.execution.limits import Limits
from grading.execution.warm import Factory, environment


class ColdFactory(Factory):
    """Starts programs in place of forks, without a sandbox: slower, for systems other than Linux."""

    def __init__(self, uses: tuple[str, ...] = (), limits: Limits | None = None):
        super().__init__(uses, shut_in=False, limits=limits)
        self._children: dict[int, subprocess.Popen] = {}

    def warm_up(self) -> None:
        """Nothing is warm here."""

    def kernel(self, connection_file: str, folder: str) -> int:
        options = ["-f", connection_file, "--HistoryManager.hist_file=:memory:", "--IPKernelApp.log_level=ERROR"]
        return self._start(["ipykernel_launcher", *options], folder)

    def grader(self, path: str) -> int:
        return self._start(["grading.execution.grader", path], str(courses.ROOT))

    def kill(self, pid: int) -> None:
        self._children[pid].kill()
        self._children[pid].wait()

    def close(self) -> None:
        for pid in self._children:
            self.kill(pid)

    def _start(self, module: list[str], folder: str) -> int:
        shown = environment() | {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
        process = subprocess.Popen([sys.executable, "-m", *module], cwd=folder, env=shown)
        self._children[process.pid] = process
        return process.pid
