"""What a process that forks or runs student code does to itself, in a sandbox or not. Linux, through the C library."""

import ctypes
import os
from collections.abc import Callable
from pathlib import Path

libc = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 1, 36, 38


def call(what: str, function: Callable, *arguments) -> None:
    """Call a function of the C library.

    Raises
    ------
    OSError
        If the system refuses; `what` names the step.
    """
    if function(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def end_with_parent(parent: int | None = None) -> None:
    """Die when the parent process dies, however it dies; now, if it has died and another one is parent already."""
    libc.prctl(PR_SET_PDEATHSIG, 9, 0, 0, 0)
    if parent is not None and os.getppid() != parent:
        os._exit(1)


def adopt_orphans() -> None:
    """Become the parent of whatever a child leaves behind, so that it can be ended."""
    call("subreaper", libc.prctl, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_before_others() -> None:
    """Let a system without memory end this process and what it starts, not those that grade.

    One that is out for harm may undo it.
    """
    Path("/proc/self/oom_score_adj").write_text("1000")


def forgo_privileges() -> None:
    """No program that is started from now on gains rights by its owner."""
    call("no_new_privs", libc.prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def clear_environment(home: str, scratch: str) -> None:
    """Only what programs need to run: no secrets, no names of folders."""
    os.environ.clear()
    os.environ.update(HOME=home, PATH="/usr/bin:/bin", LANG="C.UTF-8", TMPDIR=scratch)
    os.environ.update(MPLBACKEND="agg", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    os.environ.update(MPLCONFIGDIR=f"{scratch}/matplotlib", NEURON_MODULE_OPTIONS="-nogui")
