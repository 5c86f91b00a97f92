"""Stop a kernel that takes more than it may: memory, processes, files, or the attention of whoever grades it.

A thread of its own, because what a kernel sends can keep the rest of this process busy.
"""

import math
import threading
import time

import psutil

from grading.execution.limits import Limits
from grading.execution.provisioner import FactoryProvisioner, usage

INTERVAL = 0.2
OWN_GROWTH_MB = 1200  # of this process since the kernel began: messages that wait to be read


class Watch(threading.Thread):
    """Looks at a kernel until it is told to stop. `reason` says why it ended the kernel, `deadline` when it would."""

    def __init__(self, provisioner: FactoryProvisioner, limits: Limits):
        super().__init__(daemon=True)
        self.reason, self.peak_memory_mb, self.deadline = "", 0.0, math.inf
        self._provisioner, self._limits = provisioner, limits
        self._own = psutil.Process()
        self._own_mb = self._own.memory_info().rss / 1e6
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.wait(INTERVAL):
            self.reason = self._problem()
            if self.reason:
                self._provisioner.kill_now()
                return

    def stop(self) -> None:
        self._stopped.set()

    def _problem(self) -> str:
        family = self._provisioner.family()
        if len(family) > self._limits.processes:  # before the memory of so many is looked at, which takes a while
            return f"it started more than {self._limits.processes} processes and was stopped"
        memory_mb, files = usage(family)
        self.peak_memory_mb = max(self.peak_memory_mb, memory_mb)
        if memory_mb > self._limits.memory_mb:
            return f"it used more than {self._limits.memory_mb} MB of memory and was stopped"
        if files > 2 * self._limits.open_files:  # what waits in pipes and sockets is memory that no process owns
            return f"it opened more than {2 * self._limits.open_files} files and was stopped"
        if self._own.memory_info().rss / 1e6 - self._own_mb > OWN_GROWTH_MB:
            return "it sent more than can be read and was stopped"
        if time.monotonic() > self.deadline:
            return "it kept what grades it busy and was stopped"
        return ""
