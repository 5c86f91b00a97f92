"""What was handed in: `submitted/STUDENT/EXERCISE/EXERCISE.ipynb`, and what may be wrong with it."""

import hashlib
import json
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from grading import course as courses
from grading.course import CourseError, Unit
from grading.handin import reading

MAX_NOTEBOOK_MB = 50
STAMP = "timestamp.txt"
NOT_TAKEN = "not_taken.txt"  # left by the import where it refused all that a student handed in


@dataclass(frozen=True)
class Submission:
    """One student's folder for one exercise."""

    student: str
    exercise: str
    folder: Path

    @property
    def notebook(self) -> Path:
        return self.folder / f"{self.exercise}.ipynb"

    def problem(self) -> str:
        """Why this cannot be graded, in words for a person; empty if it can."""
        if _as_text(self.folder.parent.name) != self.folder.parent.name:
            return (
                "the name of its folder is no text in UTF-8, as a gradebook needs it: "
                "rename the folder (`python -m grading doctor --repair` does)"
            )
        if self.notebook.is_symlink() or self.folder.is_symlink() or self.folder.parent.is_symlink():
            return f"{self.notebook.name} or its folder is a link to another place: ask the student for the file itself"
        if not self.notebook.is_file():
            if (self.folder / NOT_TAKEN).is_file():
                return "the import took nothing: " + "; ".join(
                    (self.folder / NOT_TAKEN).read_text("utf-8").splitlines()
                )
            others = ", ".join(sorted(path.name for path in self.folder.glob("*.ipynb")))
            return f"no {self.notebook.name} in its folder" + (f"; there is {others}: rename it?" if others else "")
        if self.notebook.stat().st_size > MAX_NOTEBOOK_MB * 1_000_000:
            return f"the notebook is larger than {MAX_NOTEBOOK_MB} MB: ask the student to clear its outputs"
        try:
            data, _ = reading.load(self.notebook.read_bytes())
        except ValueError as error:
            return str(error)
        other = other_exercise(data, self.exercise)
        return f"this is the notebook of {other}: ask the student for the right one" if other else ""

    def handed_in(self) -> datetime | None:
        """When it was handed in, as nbgrader's `timestamp.txt` beside the notebook says; None without one.

        Raises
        ------
        ValueError
            If there is no time in that file.
        """
        content = self.stamp().get(STAMP)
        if content is None:
            return None
        words = content.decode("utf-8-sig", errors="replace")[:200].strip()
        return moment(words, str(self.folder / STAMP))

    def stamp(self) -> dict[str, bytes]:
        """nbgrader's `timestamp.txt` by its name; nothing where there is none."""
        path = self.folder / STAMP
        return {} if path.is_symlink() or not path.is_file() else {STAMP: path.read_bytes()}

    def remark(self) -> str:
        """What a person should know of a submission that can be graded all the same; mostly empty."""
        try:
            self.handed_in()
        except ValueError as error:
            return f"{error}: taken as in time"
        return ""

    def digest(self) -> str:
        """Changes when a file of the submission changes."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                digest.update(str(path.relative_to(self.folder)).encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()


def existing_timestamp(coursedir, folder: str) -> datetime | None:
    """nbgrader's `get_existing_timestamp`, for which a file without a time is no reason to end a grading.

    `nbgrader_config.py` puts it in its place. In UTC, without saying so, as nbgrader keeps times.
    """
    submission = Submission("", "", Path(folder))
    if remark := submission.remark():
        coursedir.log.warning(remark)
        return None
    time = submission.handed_in()
    return time.replace(tzinfo=None) if time else None


def place() -> Path:
    """Where submissions belong: `STUDENT/EXERCISE/EXERCISE.ipynb` below it."""
    return courses.workspace() / "submitted"


def find(exercise: Unit, students: list[str] | None = None) -> list[Submission]:
    """The submissions to an exercise, by student.

    Raises
    ------
    CourseError
        If one of the named students handed nothing in.
    """
    folders = sorted(path for path in place().glob(f"*/{exercise.id}") if path.is_dir())
    found = [Submission(_as_text(path.parent.name), exercise.id, path) for path in folders]
    if students:
        missing = sorted(set(students) - {submission.student for submission in found})
        if missing:
            raise CourseError(f"Nothing was handed in for {exercise.id} by: {', '.join(missing)}.")
        found = [submission for submission in found if submission.student in students]
    return found


def _as_text(name: str) -> str:
    """A name that can be written everywhere: bytes of another encoding than UTF-8 as their codes."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def moment(words: str, where: str) -> datetime:
    """A time in words, as ISO 8601 or nbgrader writes it, in UTC; without a zone it is UTC.

    The zone may be a name, such as Europe/Berlin. nbgrader itself takes +0100 for 100 seconds.

    Raises
    ------
    ValueError
        If it is none; the message names `where` it stands.
    """
    compact = re.sub(r"\s*(UTC|Z)$", "+00:00", words.strip())
    named = re.fullmatch(r"(.*\d)\s+([A-Za-z][\w/+-]+)", compact)
    try:
        if named:
            return datetime.fromisoformat(named[1]).replace(tzinfo=ZoneInfo(named[2])).astimezone(UTC)
        time = datetime.fromisoformat(re.sub(r"\s+([+-]\d\d:?\d\d)$", r"\1", compact))
        return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except (ValueError, OverflowError, KeyError, OSError) as error:  # the last two: there is no such zone
        raise ValueError(f"{where} holds no time such as 2026-03-01 23:59 +0100, but {words[:40]!r}") from error


def claimed_names(data: dict) -> set[str]:
    """The names that a notebook's cells go by: nbgrader's and the cells' own ids."""
    names = set()
    for cell in data["cells"]:
        if isinstance(cell, dict):
            metadata = cell.get("metadata")
            claim = metadata.get("nbgrader") if isinstance(metadata, dict) else None
            found = (cell.get("id"), claim.get("grade_id") if isinstance(claim, dict) else None)
            names |= {name for name in found if isinstance(name, str)}
    return names


def other_exercise(data: dict, exercise_id: str) -> str:
    """The exercise whose notebook this is, if it is another one's: no graded cell of this, but half of the other's."""
    released, names = _released(courses.ROOT), claimed_names(data)
    if exercise_id not in released or names & released[exercise_id]:
        return ""
    others = {name: len(names & cells) / len(cells) for name, cells in released.items() if cells}
    best = max(others, key=others.__getitem__)
    return best if others[best] >= 0.5 else ""


@cache
def _released(root: Path) -> dict[str, set[str]]:
    """The names of the answers and tests of each exercise, as students get it."""
    found = {}
    for path in sorted((root / "Exercises").glob("*/*.ipynb")):
        names = claimed_names(json.loads(path.read_text(encoding="utf-8")))
        found[path.stem] = {name for name in names if name.startswith(("answer_", "test_", "discuss_"))}
    return found
