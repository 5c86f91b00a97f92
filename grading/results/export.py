"""CSV files of the scores: a plain one with every column, and one that Canvas imports."""

import csv
from dataclasses import asdict
from pathlib import Path

from grading import course as courses
from grading.handin import roster as rosters
from grading.handin.roster import Person, Roster
from grading.results.scores import NOT_GRADED, Row


def export(rows: list[Row]) -> list[Path]:
    """Write `scores.csv` and `canvas.csv` into the workspace."""
    roster = rosters.load()
    plain, canvas = (courses.workspace() / name for name in ("scores.csv", "canvas.csv"))
    with plain.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(asdict(rows[0])))
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)
    with canvas.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(canvas_table(rows, roster))
    return [plain, canvas]


def canvas_table(rows: list[Row], roster: Roster) -> list[list[str]]:
    """The table that Canvas imports: a column for each exercise; ungraded work stays empty.

    Canvas matches by ID or login, which come from the roster; somebody who is not in it goes by the folder's name.
    """
    exercises = sorted({row.exercise for row in rows})
    points = {(row.student, row.exercise): row for row in rows}
    possible = {row.exercise: row.max_points for row in rows}
    table = [[*rosters.COLUMNS, *exercises]]
    table.append(["Points Possible", "", "", "", "", *(f"{possible[exercise]:g}" for exercise in exercises)])
    for student in sorted({row.student for row in rows}):
        person = roster.find(student) or Person(student, "", "", student, "")
        scores = []
        for exercise in exercises:
            row = points.get((student, exercise))
            scores.append(f"{row.points:g}" if row and row.state != NOT_GRADED else "")
        table.append([person.name, person.id, person.sis_user, person.login, person.section, *scores])
    return table


def strangers(rows: list[Row]) -> list[str]:
    """Who is graded and not in the roster; nobody where there is none."""
    roster = rosters.load()
    return sorted({row.student for row in rows if roster.people and not roster.find(row.student)})
