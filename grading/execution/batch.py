"""Many jobs on an executor, results as they come: a few jobs at a time, and again where a worker was lost."""

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice

from grading import gradebook
from grading.course import CourseError, Unit
from grading.execution import job as jobs
from grading.execution import pools
from grading.execution.job import Job, Result
from grading.execution.warm import needs
from grading.submissions import Submission

ROOM = 200  # jobs that an executor holds which says nothing about it: its workers may be many, and come later


def run_all(
    pending: Iterator[tuple[Submission, Job]], exercise: Unit, executor: Executor | None
) -> Iterator[tuple[Submission, Job, Result | str]]:
    """Results as they come; what was running when a worker ended is tried once more, then each alone."""
    first = next(pending, None)
    if first is None:
        return
    pending = chain([first], pending)
    running: dict[Submission, Job] = {}
    for pool in (executor, None):  # a worker can be ended from outside: once, that is nobody's fault
        try:
            yield from _run_together(pending, running, pool or pools.Processes(pools.cores(), uses=needs(exercise)))
            return
        except BrokenProcessPool:
            pending = chain(list(running.items()), pending)
    for submission, job in pending:
        try:
            yield from _run_together(iter([(submission, job)]), {}, pools.Processes(1))
        except BrokenProcessPool:
            yield submission, job, "it ended the process that graded it, again and again"


def _run_together(
    pending: Iterator[tuple[Submission, Job]], running: dict[Submission, Job], executor: Executor
) -> Iterator[tuple[Submission, Job, Result | str]]:
    """Results as they come; `running` holds what the executor has: more than it runs at once, but not a whole class."""
    futures: dict[Future, Submission] = {}
    room = getattr(executor, "room", ROOM)
    with executor as pool:
        try:
            while True:
                for submission, job in islice(pending, room - len(futures)):
                    running[submission] = job
                    futures[pool.submit(jobs.run, job)] = submission
                if not futures:
                    return
                for future in wait(futures, return_when=FIRST_COMPLETED).done:
                    submission, error = futures[future], future.exception()
                    full = getattr(error, "errno", None) in gradebook.FULL
                    if full or isinstance(error, (BrokenProcessPool, CourseError)):
                        raise error
                    del futures[future]
                    result = f"{type(error).__name__}: {error}" if error else future.result()
                    yield submission, running.pop(submission), result
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
