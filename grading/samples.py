"""Notebooks as students might hand them in, made from the reference solution."""

import copy
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from grading import course as courses
from grading.build import notebook, text
from grading.build.markers import SOLUTION, drop_markers
from grading.course import Course, Unit


def submission(exercise: Unit, course: Course, answers: dict[str, str], others: str = "reference") -> NotebookNode:
    """A student's notebook with these answers; the other answers are the reference's, or "untouched"."""
    return submissions(exercise, course, {"": answers}, others)[""]


def submissions(
    exercise: Unit, course: Course, wanted: dict[str, dict[str, str]], others: str = "reference"
) -> dict[str, NotebookNode]:
    """Several of them, each with answers of its own, by name."""
    source = notebook.source_notebook(text.read(exercise.text, exercise), course)
    solved = {cell.id: drop_markers(cell.source, SOLUTION) for cell in source.cells if cell.id.startswith("answer_")}
    released, made = notebook.student_notebook(source), {}
    for name, answers in wanted.items():
        made[name] = copy.deepcopy(released)
        for cell in made[name].cells:
            answer = cell.id.removeprefix("answer_")
            if cell.id.startswith("answer_") and answer in answers:
                cell.source = answers[answer]
            elif cell.id in solved and others == "reference":
                cell.source = solved[cell.id]
    return made


def hand_in(made: NotebookNode, student: str, exercise: Unit) -> Path:
    """Put a notebook where submissions lie."""
    path = courses.workspace() / "submitted" / student / exercise.id / f"{exercise.id}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(made), encoding="utf-8")
    return path
