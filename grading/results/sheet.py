"""The sheet for marking by hand: a CSV file with a row for each answer, and what may be wrong with it."""

import csv
import io
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grading.course import CourseError

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
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CourseError(f"The sheet cannot be read: {error}") from error
    except UnicodeDecodeError as error:
        raise CourseError(f'{path} is not text in UTF-8: save it as "CSV UTF-8" in the spreadsheet.') from error
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        heading, *records = [[cell.strip() for cell in row] for row in rows]
    except (ValueError, csv.Error) as error:
        raise CourseError(f"{path} is empty, or no CSV file ({error}).") from error
    names = [name.lower() for name in heading]
    missing = [name for name in COLUMNS if names.count(name) != 1]
    if missing:
        raise CourseError(f"{path}: the first row must name each of {', '.join(COLUMNS)} once; see {missing[0]!r}.")
    lines, complaints = [], []
    for number, record in enumerate(records, 2):
        if not any(record):
            continue
        if len(record) > len(names):
            complaints.append(
                f"row {number}: more cells than the first row has: a comment with {delimiter!r} needs quotes"
            )
            continue
        cell = dict(zip(names, record + [""] * (len(names) - len(record)), strict=True))
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
