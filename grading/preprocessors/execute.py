"""The step that runs a submission, in place of nbgrader's own Execute."""

import os
from functools import cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_locked, is_solution

from grading import course as courses
from grading.build.markers import SOLUTION, drop_markers
from grading.execution.cells import name
from grading.execution.job import Job, Result, result_path, run, unpacked
from grading.execution.needed import only_needed
from grading.execution.outputs import harmless, shortened
from grading.versions import versions

MAX_MARKDOWN, MAX_CODE, MAX_ALL = 20_000, 100_000, 200_000  # characters of a cell that pages show, and of all

NO_SANDBOX = """\
==============================================================================
NO SANDBOX: {problem}.
Submissions run with your rights, under limits on time and memory alone. They
can read and change whatever you can. Grade in a virtual machine, a container
or an account that holds nothing else. --require-sandbox makes this an error.
=============================================================================="""


class ExecuteApart(NbGraderPreprocessor):
    """Student code in a kernel of its own, tests in the grader; what was run beforehand is not run again.

    `python -m grading autograde` runs many submissions at once and saves the results; nbgrader's own command and the
    formgrader come here without one.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        coursedir, names = self.parent.parent.coursedir, resources["nbgrader"]
        student, exercise = names["student"], names["assignment"]
        submitted = Path(coursedir.format_path(coursedir.submitted_directory, student, exercise))
        job = job_of(nb, submitted, exercise)
        result, wanted = Result.load(result_path(student, exercise)), job.digest()
        if result is None or result.digest != wanted:
            if not job.shut_in:
                _warn_once(self.log, sandbox_problem())
            result = run(job)
            result.save(result_path(student, exercise))
        finished = unpacked(result.notebook)
        remarks = [*result.remarks, *_shorten([cell for cell in finished.cells if not is_locked(cell)])]
        earlier = nb.metadata.get("grading", {}).get("remarks", [])
        about = {"remarks": earlier + remarks, "sandbox": result.shut_in, "versions": versions(), "job": wanted}
        finished.metadata["grading"] = about
        for remark in remarks:
            self.log.warning("%s: %s", student, remark)
        return finished, resources


def _shorten(cells: list[NotebookNode]) -> list[str]:
    """Leave of a student's cells what a page can show in good time, and say so where that is not all."""
    room = MAX_ALL
    for cell in cells:
        markdown = cell.cell_type == "markdown"
        most = min(room, MAX_MARKDOWN if markdown else MAX_CODE)
        room -= min(most, len(cell.source))
        words = shortened(cell.source, most)
        cell.source = harmless(words) if markdown else words
    return [] if room else [f"pages show the first {MAX_ALL} characters of what was handed in"]


def job_of(rebuilt: NotebookNode, submitted: Path, exercise_id: str) -> Job:
    """The job for a rebuilt submission under the course's present settings."""
    from grading.execution.warm import TESTS_ONLY, needs

    course = courses.load()
    source = courses.ROOT / "grading/source" / exercise_id
    if TESTS_ONLY in os.environ:
        rebuilt = only_needed(rebuilt, _reference((source / f"{exercise_id}.ipynb").read_text(encoding="utf-8")))
    uses, limit = needs(course.exercise(exercise_id)), course.cell_seconds
    return Job.make(rebuilt, submitted, source, uses, limit, shut_in=not sandbox_problem())


@cache
def _reference(source: str) -> dict[str, str]:
    """The reference solution's answers by cell id, from the source notebook's text."""
    cells = nbformat.reads(source, as_version=4).cells
    return {name(cell): drop_markers(cell.source, SOLUTION) for cell in cells if is_solution(cell)}


@cache
def sandbox_problem() -> str:
    """Why student code cannot be shut in on this machine; empty where it can."""
    from grading.execution import warm

    return warm.sandbox_problem()


@cache
def _warn_once(log, problem: str) -> None:
    log.warning("%s", NO_SANDBOX.format(problem=problem))
