"""CSV files of the scores: a plain one with every column, and one that Canvas imports."""

import csv
from dataclasses import asdict
from pathlib import Path

from grading import course as courses
from grading.scores import NOT_GRADED, Row

CANVAS_COLUMNS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")


def export(rows: list[Row]) -> list[Path]:
    """Write `scores.csv` and `canvas.csv` into the workspace."""
    plain, canvas = (courses.workspace() / name for name in ("scores.csv", "canvas.csv"))
    with plain.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(asdict(rows[0])))
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)
    with canvas.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(canvas_table(rows))
    return [plain, canvas]


def canvas_table(rows: list[Row]) -> list[list[str]]:
    """The table that Canvas imports: a column for each exercise, matched by login; ungraded work stays empty."""
    exercises = sorted({row.exercise for row in rows})
    points = {(row.student, row.exercise): row for row in rows}
    possible = {row.exercise: row.max_points for row in rows}
    table = [[*CANVAS_COLUMNS, *exercises]]
    table.append(["Points Possible", "", "", "", "", *(f"{possible[exercise]:g}" for exercise in exercises)])
    for student in sorted({row.student for row in rows}):
        scores = []
        for exercise in exercises:
            row = points.get((student, exercise))
            scores.append(f"{row.points:g}" if row and row.state != NOT_GRADED else "")
        table.append([student, "", "", student, "", *scores])
    return table
