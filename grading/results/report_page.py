"""The report of a run as a page: `report.html` in the workspace."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from urllib.parse import quote

import nbformat
from nbformat import NotebookNode

from grading import course as courses
from grading import nbgrader_api
from grading.build import text
from grading.build.notebook import test_id
from grading.course import Course, Unit
from grading.outcomes import NOT_GRADED, read_outcome
from grading.preprocessors.verdict import error_message, passed
from grading.results import items, pages
from grading.results.report import state
from grading.results.scores import Row, is_test, rows

MINUTE = "%Y-%m-%d %H:%M"


@dataclass(frozen=True)
class Run:
    """What running a submission took; `page` is the address of its feedback page, seen from the report."""

    seconds: float
    memory_mb: int
    page: str


@dataclass(frozen=True)
class Item:
    """A test or a question. `open` answers are still to be marked; `message_count` students got the message."""

    name: str
    points: float
    by_hand: bool
    share: float | None
    open: int
    message: str
    message_count: int
    discrimination: float | None


@dataclass(frozen=True)
class Provenance:
    """What graded a number of submissions, and when; `sandbox` is None where nobody wrote it down."""

    number: int
    sandbox: bool | None
    versions: dict[str, str]
    when: str


@dataclass(frozen=True)
class ClassResult:
    """All that the page says about one exercise."""

    exercise: Unit
    rows: list[Row]
    graded: list[Row]
    runs: dict[str, Run]
    items: list[Item]
    provenance: list[Provenance]

    @property
    def possible(self) -> float:
        return self.graded[0].max_points

    @property
    def to_mark(self) -> int:
        return sum(row.to_mark > 0 for row in self.graded)

    @property
    def median(self) -> float:
        return median(row.points for row in self.graded)

    @property
    def histogram(self) -> list[int]:
        return items.histogram([row.points for row in self.graded], self.possible)

    @property
    def discriminates(self) -> bool:
        return len(self.graded) >= items.ENOUGH

    @property
    def without_sandbox(self) -> int:
        return sum(version.number for version in self.provenance if version.sandbox is False)


def write_report(exercises: Iterable[Unit], course: Course) -> Path:
    """Write the page about these exercises, as far as somebody handed in."""
    classes = [result for exercise in exercises if (result := class_result(exercise)).rows]
    made = datetime.now().strftime(MINUTE)
    page = pages.render("report.html.j2", classes=classes, course=course, made=made, state=state, enough=items.ENOUGH)
    return pages.write(courses.workspace() / "report.html", page)


def class_result(exercise: Unit) -> ClassResult:
    """Collect from gradebook, outcomes and autograded notebooks what is known about an exercise."""
    found = rows(exercise)
    graded = [row for row in found if row.state != NOT_GRADED]
    paths = {row.student: _autograded(row.student, exercise) for row in graded}
    notebooks = {student: nbformat.read(path, as_version=4) for student, path in paths.items()}
    return ClassResult(
        exercise=exercise,
        rows=found,
        graded=graded,
        runs={row.student: _run(row.student, exercise) for row in found},
        items=_items(exercise, notebooks),
        provenance=_provenance(notebooks, paths),
    )


def _autograded(student: str, exercise: Unit) -> Path:
    return courses.workspace() / "autograded" / student / exercise.id / f"{exercise.id}.ipynb"


def _run(student: str, exercise: Unit) -> Run:
    outcome = read_outcome(student, exercise.id)
    page = f"feedback/{student}/{exercise.id}/{exercise.id}.html"
    address = quote(page) if (courses.workspace() / page).is_file() else ""
    return Run(outcome.seconds if outcome else 0.0, outcome.memory_mb if outcome else 0, address)


def _items(exercise: Unit, notebooks: dict[str, NotebookNode]) -> list[Item]:
    """The items in the order of the text, over the students whose work was graded."""
    points = {}
    for cell in text.read(exercise.text, exercise):
        if cell.role in ("test", "discuss"):
            points[test_id(cell) if cell.role == "test" else f"discuss_{cell.name}"] = float(cell.points)
    scores: dict[str, list[float | None]] = {name: [] for name in points}
    with nbgrader_api.gradebook() as gradebook:
        for student in notebooks:
            entry = gradebook.find_submission(exercise.id, student)
            marks = {grade.name: grade for notebook in entry.notebooks for grade in notebook.grades}
            for name, column in scores.items():
                grade = marks.get(name)
                column.append(None if grade is None or grade.needs_manual_grade else grade.score)
    complete = {name: column for name, column in scores.items() if None not in column}
    values = items.discrimination(list(zip(*complete.values()))) if len(notebooks) >= items.ENOUGH else []
    discrimination = dict(zip(complete, values, strict=False))
    messages = _messages(notebooks.values())
    made = []
    for name, column in scores.items():
        known = [score for score in column if score is not None]
        message, count = items.most_frequent(messages.get(name, []))
        share = items.share_solved(known, points[name])
        made.append(
            Item(
                name=name,
                points=points[name],
                by_hand=name.startswith("discuss_"),
                share=share,
                open=len(column) - len(known),
                message=message,
                message_count=count,
                discrimination=discrimination.get(name),
            )
        )
    return made


def _messages(notebooks: Iterable[NotebookNode]) -> dict[str, list[str]]:
    """What each test said to those who failed it."""
    messages: dict[str, list[str]] = {}
    for notebook in notebooks:
        for cell in notebook.cells:
            if is_test(cell) and not passed(cell):
                words = " ".join(error_message(cell).split())
                messages.setdefault(cell.metadata["nbgrader"]["grade_id"], []).append(words)
    return messages


def _provenance(notebooks: dict[str, NotebookNode], paths: dict[str, Path]) -> list[Provenance]:
    """Students whose work was graded by the same versions, in the same way, together."""
    groups: dict[tuple, list[float]] = {}
    for student, notebook in notebooks.items():
        about = notebook.metadata.get("grading", {})
        key = (about.get("sandbox"), tuple(about.get("versions", {}).items()))
        groups.setdefault(key, []).append(paths[student].stat().st_mtime)
    return [
        Provenance(len(times), sandbox, dict(versions), _when(min(times), max(times)))
        for (sandbox, versions), times in groups.items()
    ]


def _when(first: float, last: float) -> str:
    begin, end = (datetime.fromtimestamp(time).strftime(MINUTE) for time in (first, last))
    return f"on {begin}" if begin == end else f"between {begin} and {end}"
