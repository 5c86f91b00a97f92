"""Grade the small exercise of the corpus in a process of its own: `python -m grading.tests.hostile.run ROOT WORKSPACE`.

With `nbgrader` and words behind them, run one of nbgrader's own commands there instead.
"""

import os
import sys
from pathlib import Path

from grading import course as courses
from grading.course import CourseError
from grading.tests.hostile.corpus import EXERCISE, course_at

CELL_SECONDS = 20


def main(root: str, workspace: str, *words: str) -> int:
    from grading.autograde import autograde
    from grading.execution import pools

    limited = courses.CELL_SECONDS_VARIABLE in os.environ
    seconds = courses.load().cell_seconds if limited else CELL_SECONDS
    with course_at(Path(root), seconds) as course, courses.use_workspace(Path(workspace)):
        if words:
            from nbgrader.apps import NbGraderApp

            os.chdir(Path(root, "grading"))
            NbGraderApp.launch_instance(list(words[1:]))
            return 0

        def report(done: int, total: int, outcome) -> None:
            print(done, outcome.student, flush=True)

        try:
            with pools.local(EXERCISE) as executor:
                autograde(EXERCISE, course, report=report, executor=executor)
        except CourseError as error:
            print(error, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
