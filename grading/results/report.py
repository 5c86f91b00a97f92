"""The table that a run ends with: student, exercise, points, state, why."""

import shutil
import textwrap
import unicodedata

from grading.handin.names import shown
from grading.results.scores import NEEDS_MARKING, Row

HEAD = ("student", "exercise", "points", "state", "why")


def table(rows: list[Row], width: int | None = None) -> str:
    """The rows as aligned text; reasons go on in further lines where the terminal is too narrow."""
    width = width or max(100, shutil.get_terminal_size((140, 24)).columns)
    words = [(row.student, row.exercise, points(row), state(row), row.reason) for row in rows]
    lines = [HEAD, *([shown(word).replace("\n", " ") for word in line] for line in words)]
    widths = [max(_columns(line[column]) for line in lines) for column in range(4)]
    room = max(20, width - sum(widths) - 8)
    made = []
    for line in lines:
        fixed = [text + " " * (size - _columns(text)) for text, size in zip(line[:4], widths, strict=True)]
        why = textwrap.wrap(line[4], room, max_lines=3, placeholder=" …") or [""]
        made.append("  ".join([*fixed, why[0]]).rstrip())
        made += [" " * (sum(widths) + 8) + more for more in why[1:]]
    made.insert(1, "-" * min(width, max(len(line) for line in made)))
    return "\n".join(made)


def points(row: Row) -> str:
    return f"{row.points:g}/{row.max_points:g}"


def state(row: Row) -> str:
    return f"{row.state} ({row.to_mark})" if row.state == NEEDS_MARKING else row.state


def _columns(text: str) -> int:
    """How many columns a terminal needs: wide letters take two, combining ones none."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )
