"""What one kernel may use."""

import os
import resource
from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Memory and processes are watched from outside, too; the rest the system enforces."""

    memory_mb: int = 2000
    files_mb: int = 512
    files: int = 50_000
    cpu_seconds: int = 900
    processes: int = 64
    open_files: int = 512

    def apply(self) -> None:
        """Hold this process and all that it starts to the limits, for good."""
        for limit, value in (
            (resource.RLIMIT_CPU, self.cpu_seconds),
            (resource.RLIMIT_DATA, 2 * self.memory_mb * MEGABYTE),  # asked for, not used: a clear MemoryError
            (resource.RLIMIT_FSIZE, self.files_mb * MEGABYTE),
            (resource.RLIMIT_NOFILE, self.open_files),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_MEMLOCK, 64 * MEGABYTE),
            (resource.RLIMIT_RTPRIO, 0),
            (resource.RLIMIT_NICE, 0),
        ):
            _limit(limit, value)
        limit_growth(4 * self.memory_mb)  # whatever is asked for: the tables of its pages are memory that nobody counts

    def apply_to_processes(self) -> None:
        """Limit the number of processes and threads of this user; root is not bound by it."""
        _limit(resource.RLIMIT_NPROC, self.processes)


def limit_growth(megabytes: int) -> None:
    """Let this process reserve so much more memory than it has already."""
    with open("/proc/self/statm") as stream:
        present = int(stream.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    _limit(resource.RLIMIT_AS, present + megabytes * MEGABYTE)


def _limit(which: int, value: int) -> None:
    """Set soft and hard limit, to what is allowed already where that is less."""
    hard = resource.getrlimit(which)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (value, value))
