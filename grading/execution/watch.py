"""Stop a kernel that takes more than it may: memory, processes, files, or the attention of whoever grades it.

A thread of its own, because what a kernel sends can keep the rest of this process busy.
"""

import contextlib
import math
import os
import threading
import time

import psutil

from grading.execution.limits import Limits
from grading.execution.provisioner import FactoryProvisioner, tasks, usage

INTERVAL = 0.2
BUSY_TASKS = 3  # processes and threads that compute at once; where there are more, all but the kernel's first give way
LEAST_PRIORITY = 19
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
        if len(found := tasks(family)) > BUSY_TASKS and busy(found) > BUSY_TASKS:
            cells = f"/proc/{family[0].pid}/task/{family[0].pid}"  # what runs cells keeps its part, as in any kernel
            give_way([place for place in found if place != cells])
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


def busy(found: list[str]) -> int:
    """How many of these tasks compute, or wait for a processor to do so."""
    count = 0
    for place in found:
        with contextlib.suppress(OSError), open(f"{place}/stat") as stream:
            count += stream.read().rpartition(")")[2].split()[0] == "R"
    return count


def give_way(found: list[str]) -> None:
    """Let these tasks, and what they start, compute when others do not; nobody inside can take that back."""
    for place in found:
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, int(os.path.basename(place)), LEAST_PRIORITY)
