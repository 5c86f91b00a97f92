"""What the gradebook and the outcomes say about a class, as plain rows."""

from dataclasses import dataclass
from pathlib import Path

from grading import course as courses
from grading import late, nbgrader_api, submissions
from grading.course import CourseError, Unit
from grading.execution.job import unpacked
from grading.outcomes import GRADED, NOT_GRADED, read_outcome
from grading.preprocessors.verdict import error_message, passed

NEEDS_MARKING = "to be marked"


@dataclass(frozen=True)
class Row:
    """One student's result for one exercise. `points` counts what has been marked so far."""

    student: str
    exercise: str
    state: str
    points: float
    automatic: float
    manual: float
    penalty: float
    max_points: float
    to_mark: int
    reason: str


def rows(exercise: Unit) -> list[Row]:
    """A row for everybody who handed in, in order of student."""
    from nbgrader.api import MissingEntry

    result = []
    course = courses.load()
    with nbgrader_api.gradebook() as gradebook:
        for submission in submissions.find(exercise):
            outcome = read_outcome(submission.student, exercise.id)
            try:
                entry = gradebook.find_submission(exercise.id, submission.student)
            except MissingEntry:
                entry = None
            autograded = courses.workspace() / "autograded" / submission.student / exercise.id / f"{exercise.id}.ipynb"
            if entry is None or not autograded.exists():
                reason = outcome.reason if outcome else submission.problem() or "not autograded yet"
                result.append(_not_graded(submission, exercise, reason))
                continue
            lateness = late.settle(gradebook, exercise, course, submission)
            grades = [grade for notebook in entry.notebooks for grade in notebook.grades]
            to_mark = sum(grade.needs_manual_grade for grade in grades)
            by_hand = [grade for grade in grades if grade.name.startswith("discuss_")]
            manual = sum(grade.score for grade in by_hand)
            result.append(
                Row(
                    student=submission.student,
                    exercise=exercise.id,
                    state=NEEDS_MARKING if to_mark else GRADED,
                    points=max(0.0, entry.score - entry.late_submission_penalty),
                    automatic=entry.score - manual,
                    manual=manual,
                    penalty=entry.late_submission_penalty,
                    max_points=entry.max_score,
                    to_mark=to_mark,
                    reason="; ".join(
                        words for words in (lateness.words, submission.remark(), what_happened(autograded)) if words
                    ),
                )
            )
    return result


def _not_graded(submission: submissions.Submission, exercise: Unit, reason: str) -> Row:
    total = float(exercise.automatic + exercise.manual)
    return Row(submission.student, exercise.id, NOT_GRADED, 0.0, 0.0, 0.0, 0.0, total, 0, reason)


def what_happened(autograded: Path) -> str:
    """How many test cells failed and what the first says, then what else happened, from an autograded notebook."""
    notebook = unpacked(autograded.read_text(encoding="utf-8"))
    tests = [cell for cell in notebook.cells if is_test(cell)]
    failed = [cell for cell in tests if not passed(cell)]
    words = []
    if failed:
        message = " ".join(error_message(failed[0]).split())
        name = failed[0].metadata["nbgrader"]["grade_id"]
        words.append(f"{name}: {message} ({len(failed)} of {len(tests)} tests failed)")
    return "; ".join(words + notebook.metadata.get("grading", {}).get("remarks", []))


def is_test(cell) -> bool:
    """Whether this is an automatic test cell of an autograded notebook."""
    nbgrader = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "code" and nbgrader.get("grade", False) and not nbgrader.get("solution", False)


def all_rows(exercises: tuple[Unit, ...]) -> list[Row]:
    """The rows of every exercise that somebody handed in.

    Raises
    ------
    CourseError
        If nobody handed in anything.
    """
    result = [row for exercise in exercises for row in rows(exercise)]
    if not result:
        raise CourseError(f"Nothing was handed in: submissions belong in {submissions.place()}.")
    return result
