"""`python -m grading import`: sort what lies in a zip or folder into `submitted/`, and lose nothing."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from grading import submissions
from grading.course import Course, Unit
from grading.handin import attempts, folders, names, roster, sources, timestamps
from grading.handin.attempts import Attempt
from grading.handin.names import Owner
from grading.handin.roster import Roster
from grading.handin.sources import HandIn
from grading.submissions import Submission


@dataclass(frozen=True)
class Line:
    """What became of one file; `lost` if somebody has to look at it."""

    student: str
    file: str
    words: str
    lost: bool = False

    def __str__(self) -> str:
        return names.shown(f"{self.student or '?'}: {self.file}: {self.words}")


def collect(
    source: Path, exercise: Unit, course: Course, times: str = "", report: Callable[[Line], None] = lambda line: None
) -> list[Line]:
    """Sort the hand-ins to an exercise into `submitted/STUDENT/EXERCISE/`; every attempt is kept in `attempts/`.

    Parameters
    ----------
    times : str
        Where the time of a hand-in stands that does not come from nbgrader's exchange: a CSV file with the columns
        student and time, `modified` for the files' own times, `stamped` for `timestamp.txt` in a student's folder.
        Nowhere by default.
    report : callable
        Is told what became of each file.

    Raises
    ------
    CourseError
        If the source, the roster or the times cannot be read.
    """
    people, lines = roster.load(), []
    others = {unit.id for unit in course.exercises} - {exercise.id}

    def tell(*words, lost: bool = False) -> None:
        lines.append(Line(*words, lost=lost))
        report(lines[-1])

    moment = datetime.now(UTC).isoformat()
    known_times = timestamps.read(times, source, people)
    with tempfile.TemporaryDirectory(prefix="import-") as scratch:
        found, refused = sources.read(source, exercise.id, others, Path(scratch))
        in_vain: dict[str, list[Line]] = {}
        for other in refused:
            student = _student(other.owner, people) if other.owner else ""
            tell(student, other.name, f"not taken: {other.why}", lost=not other.why.startswith("of another exercise"))
            in_vain.setdefault(student, []).append(lines[-1])
        by_student: dict[str, list[HandIn]] = {}
        for hand in found:
            by_student.setdefault(_student(hand.owner, people), []).append(hand)
        for name in timestamps.of_nobody(known_times, by_student, people):
            tell("", times, f"states a time for {name}, who handed in nothing: is the name right?", lost=True)
        for twin in _twins(by_student):
            tell(*twin, lost=True)
        for student, hands in sorted(by_student.items()):
            submission = Submission(student, exercise.id, submissions.place() / student / exercise.id)
            if problem := _no_place(submission):
                tell(student, hands[-1].name, f"not taken: {problem}", lost=True)
                continue
            attempts.keep_what_is_there(submission)
            new = []
            for order, hand in enumerate(hands):
                try:
                    time = timestamps.of_hand_in(hand, student, times, known_times)
                    new.append((hand, _keep(hand, student, exercise, order, time, moment)))
                except (OSError, ValueError) as error:
                    tell(student, hand.name, f"not taken: {error}", lost=True)
            counts = attempts.place(student, exercise.id)
            for hand, attempt in new:
                tell(student, hand.name, *_words(hand, attempt, counts, people))
    for student in in_vain.keys() - by_student.keys() - {""}:
        _note(Submission(student, exercise.id, submissions.place() / student / exercise.id), in_vain[student])
    return lines


def _note(submission: Submission, lines: list[Line]) -> None:
    """Leave a folder with the reasons where all that a student handed in was refused: grading lists it then."""
    reasons = [f"{line.file}: {line.words}" for line in lines if line.lost]
    if reasons and not submission.folder.exists() and not _no_place(submission):
        folders.write(submission.folder, {submissions.NOT_TAKEN: "\n".join(reasons).encode()})


def _words(hand: HandIn, attempt: Attempt | None, counts: Attempt, people: Roster) -> Iterator[str]:
    if attempt is None:
        yield "was there already"
        return
    words = []
    if attempt.key == counts.key:
        words.append("taken")
        if counts.problem:
            words.append(f"but it cannot be graded: {counts.problem}")
    elif attempt.problem:
        words.append(f"kept, but does not count, since it cannot be graded: {attempt.problem}")
    else:
        words.append(f"kept, but a later one counts ({counts.source})")
    person = people.find(hand.owner.user)
    if hand.owner.late and not attempt.time:
        words.append("late, says Canvas, which does not say when")
    if person and hand.owner.name and _plain(person.name) != _plain(hand.owner.name) and hand.owner.upload:
        words.append(f"handed in as {hand.owner.name}: a group? Its other members get nothing by themselves")
    if hand.owner.user and people.people and not person:
        words.append("not in the roster")
    if names.safe(hand.owner.student) != hand.owner.student and not person:
        words.append("the name was changed to suit file systems")
    yield "; ".join(words)


def _student(owner: Owner, people: Roster) -> str:
    """The name of the student's folder: the login, where the roster knows it."""
    person = people.find(owner.user) if owner.user else people.find(owner.student)
    return person.key if person else names.safe(owner.student)


def _plain(name: str) -> str:
    """A name as Canvas puts it into a file's name: no spaces, no signs, small letters."""
    return "".join(letter for letter in names.folded(name) if letter.isalnum())


def _keep(hand: HandIn, student: str, exercise: Unit, order: int, time: str, moment: str) -> Attempt | None:
    notebook = hand.notebook.read_bytes()
    files = {name: path.read_bytes() for name, path in hand.files.items()}
    when = hand.modified.isoformat() if hand.modified else moment
    digest = folders.digest(notebook, files)
    late, upload = hand.owner.late, hand.owner.upload
    attempt = Attempt(student, exercise.id, hand.name, digest, time, when, upload, order, late)
    return attempts.keep(attempt, notebook, files)


def _twins(students: dict[str, list[HandIn]]) -> Iterator[tuple[str, str, str]]:
    """Names, new or there already, that some disks take for one."""
    there = [path.name for path in submissions.place().glob("*")]
    for student, hands in students.items():
        for other in {*there, *students} - {student}:
            if names.folded(other) == names.folded(student):
                yield student, hands[-1].name, f"{other} is nearly the same name: a disk may take both for one"


def _no_place(submission: Submission) -> str:
    """Why nothing can be put there; empty if it can."""
    folder = submission.folder
    if folder.is_symlink() or folder.parent.is_symlink():
        return f"{folder} or its parent is a link"
    if folder.parent.exists() and folder.parent.name not in [path.name for path in folder.parent.parent.iterdir()]:
        return "this disk takes the name for that of another student"
    return ""
