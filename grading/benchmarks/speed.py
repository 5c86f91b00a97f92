"""Grade the same class with stock nbgrader and with this grading, beside the floor: `python -m grading.benchmarks.speed`.

Stock nbgrader, ours and the floor take turns within each round, so that they meet the same machine; the floor, which
is short, is measured before ours and after it. What was measured is kept in `.cache/benchmarks/`: an interrupted run
goes on where it stopped, `--again` begins anew.
"""

import argparse
import contextlib
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from grading import course as courses
from grading.benchmarks import courses as scratch
from grading.benchmarks import results
from grading.benchmarks.results import CORES, FLOOR, OURS, STOCK, Cost, Run
from grading.course import Course, CourseError
from grading.execution.process import adopt_orphans


def main() -> int:
    """Measure what is not measured yet, then print the tables."""
    options = _parser().parse_args()
    if sys.platform.startswith("linux"):
        adopt_orphans()
    course, measured, known = courses.load(), {}, {} if options.again else results.known()
    runs = list(_wanted(options))
    for done, run in enumerate(runs, 1):
        measured[run] = known.get(run) or _measure(run, course)
        if run not in known:
            results.keep(run, measured[run])
        _say(f"[{done}/{len(runs)}] {run.how:5} {run.exercise}, {run.submissions} submissions, {run.workers} workers:")
        _say(f"    {measured[run].seconds:.2f} s a submission, {measured[run].processor:.2f} s of processor time")
    print(results.ratios(measured, options.submissions))
    print(results.scaling(measured))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m grading.benchmarks.speed", description=__doc__.split("\n")[0])
    own = [unit.id for unit in scratch.OWN]
    parser.add_argument("exercises", nargs="*", default=own, help=f"of the course; by default {', '.join(own)}")
    parser.add_argument("--submissions", type=int, default=30, help="as many as a class has (30 by default)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scaling", nargs="*", type=int, default=[], metavar="N", help="also with N submissions")
    parser.add_argument("--again", action="store_true", help="forget what was measured before")
    return parser


def _wanted(options: argparse.Namespace) -> Iterator[Run]:
    for number in range(options.rounds):
        for exercise in options.exercises:
            yield Run(exercise, STOCK, options.submissions, 1, number)
            yield Run(exercise, FLOOR, 1, 1, 2 * number)
            yield Run(exercise, OURS, options.submissions, CORES, number)
            yield Run(exercise, FLOOR, 1, 1, 2 * number + 1)
            for submissions in options.scaling:
                for workers in sorted({1, CORES}):
                    yield Run(exercise, OURS, submissions, workers, number)


def _measure(run: Run, course: Course) -> Cost:
    """Prepare a course that nothing has run in, then run the command and look at the clock."""
    unit = scratch.exercise(run.exercise, course)
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        if run.how == FLOOR:
            return _floor(scratch.floor(Path(name), unit, course, times=5))
        if run.how == STOCK:
            command = scratch.stock(Path(name), unit, course, run.submissions)
        else:
            command = scratch.ours(Path(name), unit, course, run.submissions, run.workers)
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        said = _run(command)
        seconds = time.perf_counter() - start
        _wait_for_orphans()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        _check_points(command, unit.automatic, run, said)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(seconds / run.submissions, processor / run.submissions)


def _wait_for_orphans() -> None:
    """Kernels end with their killed parents: their processor time counts only for whoever waits for them."""
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


def _floor(command: scratch.Command) -> Cost:
    """With every core busy, as when a class is graded: cores that share their parts are slower then."""
    with ThreadPoolExecutor(CORES) as threads:
        said = "".join(threads.map(_run, [command] * CORES))
    lines = [line.split() for line in said.splitlines()]
    processor = statistics.median(float(words[1]) for words in lines if words[:1] == ["processor"])
    return Cost(processor / CORES, processor)


def _run(command: scratch.Command) -> str:
    done = subprocess.run(command.words, cwd=command.folder, capture_output=True, text=True, env=scratch.environment())
    if done.returncode:
        raise CourseError(f"{' '.join(command.words)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def _check_points(command: scratch.Command, points: int, run: Run, said: str) -> None:
    """Everybody handed in the solution: whoever has less than all automatic points was not graded."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{command.gradebook}") as gradebook:
        scores = [
            sum(grade.auto_score or 0 for notebook in submission.notebooks for grade in notebook.grades)
            for submission in gradebook.assignment_submissions(run.exercise)
        ]
    if scores != [points] * run.submissions:
        raise CourseError(f"{run.how} gives {scores} points for {run.submissions} solved {run.exercise}:\n{said}")


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except CourseError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("\nInterrupted: the same command goes on from here.")
