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
        return self._start("grading.execution.kernel", connection_file, folder)

    def grader(self, path: str) -> int:
        return self._start("grading.execution.grader", path)

    def kill(self, pid: int) -> None:
        self._children[pid].kill()
        self._children[pid].wait()

    def close(self) -> None:
        for pid in self._children:
            self.kill(pid)

    def _start(self, module: str, *arguments: str) -> int:
        process = subprocess.Popen([sys.executable, "-m", module, *arguments], cwd=courses.ROOT, env=environment())
        self._children[process.pid] = process
        return process.pid
