"""The page and the sheet for marking by hand: question by question, the mark scheme beside it, all answers below."""

from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import nbformat
from markupsafe import Markup

from grading import course as courses
from grading.build import text
from grading.build.markers import MARK_SCHEME, TEXT_STUB, split_region
from grading.course import CourseError, Unit, text_folder
from grading.results import pages, sheet
from grading.results.marks import Answer, answers, codes, differs, named

FORMGRADER = "http://localhost:8888/formgrader"


@dataclass(frozen=True)
class Shown:
    """An answer on the page: by whom (a name or a code), what the gradebook knows, and its text as HTML.

    `address` leads to the formgrader, `page` to the student's feedback page, which shows the whole notebook.
    """

    label: str
    answer: Answer
    written: Markup
    address: str
    page: str


@dataclass(frozen=True)
class Question:
    name: str
    points: int
    question: Markup
    scheme: Markup
    answers: list[Shown]


def folder() -> Path:
    return courses.workspace() / "marking"


def write_marking(exercise: Unit, hide_names: bool = False, formgrader: str = FORMGRADER) -> tuple[Path, Path]:
    """Write `marking/EXERCISE.html`, to read, and `marking/EXERCISE.csv`, to enter marks.

    Parameters
    ----------
    hide_names : bool
        Show codes in place of students, in the order of the codes.
    formgrader : str
        The address of nbgrader's formgrader, for the links.

    Raises
    ------
    CourseError
        If nothing was graded, the exercise has no such questions, or the sheet that is there holds marks that the
        gradebook does not have: nothing is written then.
    """
    known = answers(exercise)
    page, path = folder() / f"{exercise.id}.html", folder() / f"{exercise.id}.csv"
    _keep(exercise, path, known)
    students = sorted({student for student, _ in known})
    labels = codes(exercise, students) if hide_names else {student: student for student in students}
    questions = _questions(exercise, known, labels, formgrader)
    ordered = [shown for question in questions for shown in question.answers]
    lines = [
        sheet.Line(0, shown.label, shown.answer.question, shown.answer.points, shown.answer.comment)
        for shown in ordered
    ]
    sheet.write(path, lines, {question.name: question.points for question in questions})
    values = dict(exercise=exercise, questions=questions, hide_names=hide_names, sheet=path.name)
    return pages.write(page, pages.render("marking.html.j2", **values)), path


def _keep(exercise: Unit, path: Path, known: dict[tuple[str, str], Answer]) -> None:
    """Refuse to write over a sheet that somebody has filled in; marks that wait to be confirmed stand in the new one."""
    if not path.exists():
        return
    advice = f"read them with `python -m grading marks {exercise.id} {path}`, or move the file away"
    for line in named(exercise, known, sheet.read(path)):
        answer = known.get((line.student, line.question))
        entered = differs(line, replace(answer, confirm=False)) if answer else line.points is not None or line.comment
        if entered:
            raise CourseError(f"{path} holds marks that the gradebook does not have, first in {line.place}: {advice}.")


def _questions(exercise: Unit, known: dict, labels: dict[str, str], formgrader: str) -> list[Question]:
    written = {student: _written(student, exercise) for student in labels}
    pictures = text_folder(exercise)
    questions = []
    for cell in text.read(exercise.text, exercise):
        name = f"discuss_{cell.name}"
        if cell.role != "discuss":
            continue
        question, scheme = split_region(cell.source, MARK_SCHEME)
        shown = []
        for student, label in sorted(labels.items(), key=lambda item: item[1]):
            if answer := known.get((student, name)):
                address = f"{formgrader}/submissions/{answer.notebook}/#{name}"
                words = written[student].get(name, "")
                html = Markup() if words.strip() in ("", TEXT_STUB) else pages.markdown(words, below=3)
                page = f"feedback/{student}/{exercise.id}/{exercise.id}.html"
                there = label == student and (courses.workspace() / page).is_file()
                shown.append(Shown(label, answer, html, address, quote(f"../{page}") if there else ""))
        texts = (pages.markdown(question, 2, folder=pictures), pages.markdown(scheme, 3, folder=pictures))
        questions.append(Question(name, cell.points, *texts, shown))
    if not questions:
        raise CourseError(f"{exercise.id} has no questions that are marked by hand.")
    return questions


def _written(student: str, exercise: Unit) -> dict[str, str]:
    """A student's texts by the names of their cells, from the notebook that was graded."""
    path = courses.workspace() / "autograded" / student / exercise.id / f"{exercise.id}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    return {cell.metadata["nbgrader"]["grade_id"]: cell.source for cell in cells if "nbgrader" in cell.metadata}
