"""Where submissions run: processes of this machine that are warm before they are needed, or a Dask cluster."""

import multiprocessing
import os
import socket
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version

from grading import course as courses
from grading import submissions
from grading.course import CourseError, Unit
from grading.execution import job as jobs
from grading.execution.job import Job, Result
from grading.execution.warm import SharedFactory, needs, sandbox_problem
from grading.outcomes import read_outcome

DECIDE = ("numpy", "scipy", "matplotlib", "ipykernel", "neuron", "LFPy", "nest-simulator")  # packages that results show
CONNECT_SECONDS = 20
AGAIN = "What was finished is kept; the same command goes on from there."


def local(
    exercise: Unit, require_sandbox: bool = False, workers: int | None = None, students: list[str] | None = None
) -> "Processes":
    """Processes that get ready for an exercise while nbgrader is still being imported; `problem` as for a `Cluster`.

    They are forks of this one where that is safe, so that they need not import the same again.

    Parameters
    ----------
    workers : int, optional
        How many; by default one for each core. Never more than submissions.

    Raises
    ------
    CourseError
        If one of the named students handed nothing in, or a sandbox is required and there is none.
    """
    found = submissions.find(exercise, students)
    pending = not all(read_outcome(submission.student, exercise.id) for submission in found)  # or perhaps nothing
    fork = pending and threading.active_count() == 1
    pool = Processes(len(found), workers, needs(exercise) if pending else None, fork)
    pool.problem = sandbox_problem()  # while the simulators are imported
    if pool.problem and require_sandbox:
        pool.shutdown()
        raise CourseError(f"Nothing was run: there is no sandbox here ({pool.problem}).")
    if pending:
        from grading.execution import run  # noqa: F401, once for all of them

        folder = courses.text_folder(exercise, courses.ROOT) / "mod"
        sources = {f"mod/{path.name}": path.read_bytes() for path in sorted(folder.glob("*")) if path.is_file()}
        for _ in range(pool.workers):
            pool.submit(jobs.warm_up, needs(exercise), not pool.problem, sources)
    return pool


class Processes(ProcessPoolExecutor):
    """A process for each pending submission, but not more than there are cores, or than the most.

    `problem` says why they have no sandbox, where somebody has looked; `room` is the number of jobs to hand in at once.

    Parameters
    ----------
    uses : tuple of str, optional
        Simulators and modules to import at once, in a warm parent that all share; without, each has one of its own when it needs it.
    fork : bool
        Fork them from this process, which must have a single thread, in place of starting each anew.
    """

    def __init__(self, pending: int, most: int | None = None, uses: tuple[str, ...] | None = None, fork: bool = False):
        self.workers = max(1, min(pending, most or cores()))
        self.room = 2 * self.workers + 2  # jobs that it holds at once: nobody waits, and no class lies in memory
        linux = sys.platform.startswith("linux")
        self._shared = SharedFactory(uses) if uses is not None and linux else None
        address = self._shared.address if self._shared else ""
        leave = self._shared.leave if self._shared and fork else None
        context = multiprocessing.get_context("fork" if linux and fork else "spawn")
        super().__init__(self.workers, context, jobs.begin, (os.getpid(), address, leave))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        super().shutdown(wait, cancel_futures=cancel_futures)
        if self._shared:
            self._shared.close()


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Cluster(Executor):
    """The workers of a Dask scheduler, which must have the same course and the same packages as this machine.

    `problem` says which of them have no sandbox; what ran there says so too.

    Raises
    ------
    CourseError
        If there is no scheduler or no worker, a worker differs, or a sandbox is required and one has none.
    """

    def __init__(self, address: str, require_sandbox: bool = False):
        try:
            from distributed import Client
        except ImportError:
            raise CourseError("--scheduler needs Dask. Install it with: python -m pip install distributed") from None
        try:
            self._client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise CourseError(f"No Dask scheduler answers at {address} ({error}).") from error
        self.address, self.require_sandbox = address, require_sandbox
        try:
            self.problem = self._look_at_workers()
        except BaseException:
            self._client.close()
            raise
        self._executor = self._client.get_executor(pure=False)

    def _look_at_workers(self) -> str:
        """Which workers have no sandbox, in words."""
        try:
            found = self._client.run(_describe)
        except Exception as error:
            raise CourseError(
                f"A worker at {self.address} cannot import the course ({type(error).__name__}: {error}): "
                "install it there, see grading/docs/cluster.md."
            ) from error
        if not found:
            raise CourseError(f"The Dask scheduler at {self.address} has no workers: start some first.")
        here = _description()
        for worker, (there, _) in found.items():
            if there != here:
                raise CourseError(f"The worker {worker} differs from this machine: {_difference(there, here)}.")
        problems = [f"{worker}: {problem}" for worker, (_, problem) in found.items() if problem]
        if problems and self.require_sandbox:
            raise CourseError(f"Nothing was run: workers have no sandbox ({'; '.join(problems)}).")
        return "; ".join(problems)

    def submit(self, function: Callable[[Job], Result], job: Job) -> Future:
        """Run a job on a worker; Dask tries another one, three times, where a worker is lost."""
        theirs = self._executor.submit(_on_worker, function, job, _description(), self.require_sandbox)
        ours: Future = Future()
        theirs.add_done_callback(lambda done: self._pass_on(done, ours))
        return ours

    def _pass_on(self, done: Future, ours: Future) -> None:
        if done.cancelled():
            ours.set_exception(CourseError(f"The connection to the scheduler at {self.address} was lost. {AGAIN}"))
        elif done.exception():
            ours.set_exception(done.exception())
        else:
            ours.set_result(done.result())

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; scheduler and workers stay for others."""
        self._executor.shutdown(wait=wait and not cancel_futures)
        self._client.close()


def _on_worker(function: Callable[[Job], Result], job: Job, wanted: dict[str, str], require_sandbox: bool) -> Result:
    """Run a job here, or refuse; a result from outside a sandbox says so."""
    here, problem = _describe()
    if here != wanted:
        raise RuntimeError(f"the worker {socket.gethostname()} differs: {_difference(here, wanted)}")
    if problem and require_sandbox:
        raise RuntimeError(f"the worker {socket.gethostname()} has no sandbox: {problem}")
    result = function(replace(job, shut_in=not problem))
    where = f"{jobs.NOT_SHUT_IN} on {socket.gethostname()} ({problem})"
    remarks = [where if remark == jobs.NOT_SHUT_IN else remark for remark in result.remarks]
    return replace(result, digest=job.digest(), remarks=remarks)


def _describe() -> tuple[dict[str, str], str]:
    """What results depend on here, and why there is no sandbox."""
    return _description(), sandbox_problem()


def _description() -> dict[str, str]:
    """Versions of all that results depend on, by name."""
    found = {"the course": jobs.grader_version(), "Python": f"{sys.version_info.major}.{sys.version_info.minor}"}
    for name in DECIDE:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def _difference(there: dict[str, str], here: dict[str, str]) -> str:
    return ", ".join(
        f"{name} is {there.get(name)}, not {value}" for name, value in here.items() if there.get(name) != value
    )
