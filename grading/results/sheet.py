"""The sheet for marking by hand: a CSV file with a row for each answer, and what may be wrong with it."""

import csv
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grading.course import CourseError
from grading.handin import table

COLUMNS = ("student", "question", "points", "comment")
MOST_COMPLAINTS = 20


@dataclass(frozen=True)
class Line:
    """A row of the sheet; `number` is the row in a spreadsheet. `points` is None where nothing was entered."""

    number: int
    student: str
    question: str
    points: float | None
    comment: str

    @property
    def place(self) -> str:
        return f"row {self.number} ({self.student}, {self.question})"


def write(path: Path, lines: Iterable[Line], out_of: dict[str, float]) -> None:
    """Write the sheet, for spreadsheets in UTF-8 with a mark that tells Excel so; `out_of` is for the eye alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_suffix(".new")
    with scratch.open("w", newline="", encoding="utf-8-sig") as stream:
        writer = csv.writer(stream)
        writer.writerow([*COLUMNS[:3], "out_of", COLUMNS[3]])
        for line in lines:
            points = "" if line.points is None else f"{line.points:.10g}"
            writer.writerow([line.student, line.question, points, f"{out_of[line.question]:g}", line.comment])
    scratch.replace(path)


def read(path: Path) -> list[Line]:
    """The rows of a sheet, as a spreadsheet may have saved them: with commas, semicolons or tabs, 2.5 or 2,5.

    Raises
    ------
    CourseError
        That names each row that cannot be read.
    """
    lines, complaints = [], []
    for number, cell in table.read(path, COLUMNS):
        try:
            points = _points(cell["points"])
        except ValueError:
            where = f"row {number} ({cell['student']}, {cell['question']})"
            complaints.append(f"{where}: points {cell['points']!r} is not a number")
            continue
        lines.append(Line(number, cell["student"], cell["question"], points, cell["comment"].replace("\r\n", "\n")))
    complain(path, complaints)
    return lines


def _points(cell: str) -> float | None:
    if not cell:
        return None
    number = float(cell.replace(",", "."))
    if not math.isfinite(number):
        raise ValueError(cell)
    return number


def complain(path: Path, complaints: list[str]) -> None:
    """Raise a CourseError that lists what is wrong, if anything is."""
    if complaints:
        shown = complaints[:MOST_COMPLAINTS]
        more = len(complaints) - len(shown)
        shown += [f"and {more} more"] if more else []
        raise CourseError(f"{path}: nothing was changed.\n  " + "\n  ".join(shown))
