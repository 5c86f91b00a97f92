"""A small class whose results are written down rather than run: for the tests of pages, sheets and statistics.

All else is real: nbgrader takes the results into a gradebook, as it does after a run.
"""

from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from grading import course as courses
from grading import samples
from grading.autograde import autograde, prepare
from grading.course import Course, Unit
from grading.execution.job import Result, packed, result_path, unpacked
from grading.submissions import Submission


@dataclass
class Work:
    """What a student handed in and what became of it: messages of failed tests, texts, outputs by the cell's name.

    `shut_in` says whether it ran in a sandbox, as a machine that grades, or a worker of a cluster, would say.
    """

    fails: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, list[NotebookNode]] = field(default_factory=dict)
    answers: str = "reference"
    shut_in: bool = True


def names(exercise: Unit, course: Course, prefix: str) -> list[str]:
    """The names of the exercise's cells that begin so."""
    cells = samples.submission(exercise, course, {}).cells
    return [cell.id for cell in cells if cell.id.startswith(prefix)]


def grade(exercise: Unit, course: Course, class_: dict[str, Work]) -> None:
    """Let nbgrader grade the class in the present workspace."""
    from grading import nbgrader_api

    nbgrader_api.write_source(exercise, course)
    nbgrader_api.register(exercise)
    for student, work in class_.items():
        made = samples.submission(exercise, course, {}, work.answers)
        for cell in made.cells:
            cell.source = work.texts.get(cell.id, cell.source)
        path = samples.hand_in(made, student, exercise)
        job, problem = prepare(Submission(student, exercise.id, path.parent), exercise)
        assert not problem, problem
        result(job, work).save(result_path(student, exercise.id))
    outcomes = autograde(exercise, course)
    assert {outcome.student for outcome in outcomes if outcome.state == "graded"} == set(class_), outcomes


def result(job, work: Work) -> Result:
    """What running a job might have given."""
    notebook = unpacked(job.notebook)
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        cell.execution_count, cell.outputs = 1, work.outputs.get(cell.id, [])
        if cell.id in work.fails:
            message = work.fails[cell.id]
            trace = ["Traceback", f'  File "{courses.ROOT}/secret.py", line 1', message]
            cell.outputs = [nbformat.v4.new_output("error", ename="CheckFailed", evalue=message, traceback=trace)]
    return Result(job.digest(), packed(notebook), [], seconds=12.34, memory_mb=321, shut_in=work.shut_in)


def page(student: str, exercise: Unit) -> Path:
    return courses.workspace() / "feedback" / student / exercise.id / f"{exercise.id}.html"
