"""Tables that people keep in a spreadsheet: CSV as it was saved, with commas, semicolons or tabs."""

import csv
import io
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from grading.course import CourseError


def read(path: Path, columns: Iterable[str] = ()) -> list[tuple[int, dict[str, str]]]:
    """The rows that are not empty, each with its number in a spreadsheet; columns go by their names in small letters.

    Raises
    ------
    CourseError
        If it is no text in UTF-8, one of the columns is missing or doubled, or a row has more cells than the first.
    """
    try:
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error}") from error
    except UnicodeDecodeError as error:
        raise CourseError(f'{path} is not text in UTF-8: save it as "CSV UTF-8" in the spreadsheet.') from error
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        heading, *records = [[cell.strip() for cell in row] for row in rows]
    except (ValueError, csv.Error) as error:
        raise CourseError(f"{path} is empty, or no CSV file ({error}).") from error
    names = [name.lower() for name in heading]
    wanted = [name.lower() for name in columns]
    missing = [name for name in wanted if names.count(name) != 1]
    if missing:
        raise CourseError(f"{path}: the first row must name each of {', '.join(wanted)} once; see {missing[0]!r}.")
    found, wide = [], []
    for number, record in enumerate(records, 2):
        if any(record[len(names) :]):
            wide.append(str(number))
        elif any(record):
            found.append((number, dict(zip(names, record + [""] * (len(names) - len(record)), strict=False))))
    if wide:
        where = f"{path}, row {', '.join(wide)}"
        raise CourseError(f"{where}: more cells than the first row has: a text with {delimiter!r} in it needs quotes")
    return found
