"""When work is due, and what lateness costs: `late` and `due` in course.toml, and `extensions.csv`."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from grading import course as courses
from grading.course import Course, CourseError, Unit
from grading.handin import table
from grading.handin.names import folded
from grading.submissions import Submission

COLUMNS = ("student", "exercise", "due")


@dataclass(frozen=True)
class Lateness:
    """How late a submission is, beyond due date and grace, in started days, and the points that this costs."""

    days: int
    points: float
    hours: float

    @property
    def words(self) -> str:
        """For the table and the CSV; empty where nothing is late."""
        if not self.days:
            return ""
        return f"{self.hours:.1f} h late, {self.points:g} points off"


ON_TIME = Lateness(0, 0.0, 0.0)


def due(exercise: Unit, student: str, extensions: dict[tuple[str, str], datetime]) -> datetime | None:
    """When this student's work is due; None if nobody said."""
    return extensions.get((folded(student), exercise.id), exercise.due)


def lateness(exercise: Unit, course: Course, after: timedelta) -> Lateness:
    """What the rule of `course.toml` says: a share of the exercise's points for each day begun after the grace.

    Parameters
    ----------
    after : timedelta
        How long after the student's due date the work came; negative for earlier.
    """
    hours = after.total_seconds() / 3600
    if course.late is None or hours <= course.late.grace_hours:
        return ON_TIME
    days = math.ceil((hours - course.late.grace_hours) / 24)
    share = min(1.0, days * course.late.penalty_per_day)
    return Lateness(days, round(share * (exercise.automatic + exercise.manual), 6), hours)


def extensions_path() -> Path:
    return courses.workspace() / "extensions.csv"


def extensions(course: Course) -> dict[tuple[str, str], datetime]:
    """The due dates of single students, by student and exercise.

    Raises
    ------
    CourseError
        If a line names no exercise of the course or no time with its zone, or stands there twice.
    """
    path = extensions_path()
    if not path.exists():
        return {}
    found: dict[tuple[str, str], datetime] = {}
    for number, row in table.read(path, COLUMNS):
        where = f"{path}, line {number}"
        student, exercise, words = (row[column] for column in COLUMNS)
        if not student:
            raise CourseError(f"{where}: the student is missing.")
        try:
            course.exercise(exercise)
        except CourseError as error:
            raise CourseError(f"{where}: {error}") from error
        if course.exercise(exercise).due is None:
            raise CourseError(f"{where}: {exercise} has no due date in course.toml that could be extended.")
        key = (folded(student), exercise)
        if key in found:
            raise CourseError(f"{where}: {student} has an extension for {exercise} already.")
        found[key] = _time(words, where)
    return found


def _time(words: str, where: str) -> datetime:
    try:
        time = datetime.fromisoformat(words)
    except ValueError as error:
        raise CourseError(f"{where}: {words!r} is no time such as 2026-03-08T23:59+01:00.") from error
    if time.tzinfo is None:
        raise CourseError(f"{where}: {words} lacks its zone, as in {words}+01:00.")
    return time


def set_dates(gradebook, exercise: Unit, course: Course, submission: Submission):
    """Let nbgrader's gradebook know when a student's work came and was due; returns its entry for the submission.

    It is saved with the next commit.

    Parameters
    ----------
    gradebook : nbgrader.api.Gradebook
        Open.
    """
    own = due(exercise, submission.student, extensions(course))
    entry = gradebook.find_submission(exercise.id, submission.student)
    entry.assignment.duedate = _naive(exercise.due)
    entry.extension = own - exercise.due if own and own != exercise.due else None
    try:
        entry.timestamp = _naive(submission.handed_in())
    except ValueError:  # `Submission.remark` says so
        entry.timestamp = None
    return entry


def settle(gradebook, exercise: Unit, course: Course, submission: Submission) -> Lateness:
    """Bring the penalty of one graded submission up to date, and return it.

    Points given by hand, a new due date or a new extension change a penalty; no notebook has to run for that.
    """
    entry = set_dates(gradebook, exercise, course, submission)
    late = ON_TIME
    if entry.timestamp and entry.duedate:
        late = lateness(exercise, course, entry.timestamp - entry.duedate)
    for notebook in entry.notebooks:
        notebook.late_submission_penalty = min(late.points, notebook.score) or None
    gradebook.db.commit()
    return late


def _naive(time: datetime | None) -> datetime | None:
    """As nbgrader keeps times: in UTC, without saying so."""
    return time.astimezone(UTC).replace(tzinfo=None) if time else None
