"""Marks given by hand, between the gradebook and the sheet: `python -m grading marks EXERCISE FILE.csv`."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from grading import course as courses
from grading import nbgrader_api
from grading.course import CourseError, Unit
from grading.gradebook import in_words, keep_copy, wait_until_free
from grading.results import sheet
from grading.results.sheet import Line


@dataclass(frozen=True)
class Read:
    """What reading a sheet did: numbers of marks and comments written, of rows without points, and the copy."""

    marks: int
    comments: int
    same: int
    empty: int
    copy: Path | None


@dataclass(frozen=True)
class Answer:
    """An answer that is marked by hand, as the gradebook knows it.

    `given` is the mark of whoever marked, None where nobody did; `open` answers wait for one, others that have none
    were handed in untouched and count 0; `confirm` says that the work was graded again after it was marked;
    `notebook` is the id that the formgrader's address ends with.
    """

    student: str
    question: str
    max_points: float
    given: float | None
    open: bool
    confirm: bool
    comment: str
    notebook: str

    @property
    def points(self) -> float | None:
        """What counts now; None where a mark is needed."""
        return self.given if self.given is not None else None if self.open else 0.0


def answers(exercise: Unit) -> dict[tuple[str, str], Answer]:
    """What the gradebook knows about the answers to an exercise, by student and question.

    Raises
    ------
    CourseError
        If nothing was graded yet.
    """
    with nbgrader_api.gradebook() as gradebook:
        found = {key: _answer(key, *entry) for key, entry in _entries(gradebook, exercise).items()}
    if not found:
        first = f"python -m grading autograde {exercise.id}"
        raise CourseError(f"Nothing of {exercise.id} has been graded yet: run `{first}`.")
    return found


def _entries(gradebook, exercise: Unit) -> dict[tuple[str, str], tuple]:
    """nbgrader's grade and comment of each answer, of students whose notebook was run."""
    from nbgrader.api import MissingEntry

    found = {}
    try:
        submissions = gradebook.assignment_submissions(exercise.id)
    except MissingEntry:
        return found
    for submission in sorted(submissions, key=lambda entry: entry.student.id):
        student = submission.student.id
        if not (courses.workspace() / "autograded" / student / exercise.id / f"{exercise.id}.ipynb").is_file():
            continue
        for notebook in submission.notebooks:
            comments = {comment.name: comment for comment in notebook.comments}
            for grade in notebook.grades:
                if grade.name.startswith("discuss_"):
                    found[student, grade.name] = (grade, comments[grade.name])
    return found


def _answer(key: tuple[str, str], grade, comment) -> Answer:
    return Answer(
        student=key[0],
        question=key[1],
        max_points=grade.max_score,
        given=grade.manual_score,
        open=grade.needs_manual_grade and grade.manual_score is None,
        confirm=grade.needs_manual_grade and grade.manual_score is not None,
        comment=(comment.manual_comment or "").strip(),
        notebook=grade.notebook.id,
    )


def codes(exercise: Unit, students: list[str]) -> dict[str, str]:
    """A code in place of each name, the same whenever it is made: it hides names from the eye, not from a search.

    It begins with a letter that no number has, or a spreadsheet would read some of them as numbers.
    """
    digests = {student: hashlib.sha256(f"{exercise.id}\0{student}".encode()).hexdigest() for student in students}
    size = next(size for size in range(6, 65) if len({digest[:size] for digest in digests.values()}) == len(digests))
    return {student: f"s{digest[:size]}" for student, digest in digests.items()}


def read_marks(exercise: Unit, path: Path, replace: bool = False) -> Read:
    """Write what a sheet says into the gradebook: all of it, or nothing. A copy of the gradebook is made before.

    Rows without points leave the gradebook as it is, and so do empty comments.

    Parameters
    ----------
    replace : bool
        Let the sheet's marks and comments take the place of other ones in the gradebook.

    Raises
    ------
    CourseError
        That names each row that is wrong, or says something else than the gradebook.
    """
    known = answers(exercise)
    lines = named(exercise, known, sheet.read(path))
    sheet.complain(path, _complaints(lines, known) or ([] if replace else _conflicts(lines, known)))
    changed = [line for line in lines if differs(line, known[line.student, line.question])]
    filled = [line for line in lines if line.points is not None or line.comment]
    wait_until_free()
    copy = keep_copy() if changed else None
    marks = comments = 0
    with in_words(), nbgrader_api.gradebook() as gradebook:
        entries = _entries(gradebook, exercise)
        for line in changed:
            answer = known[line.student, line.question]
            grade, comment = entries[line.student, line.question]
            if _new_mark(line, answer):
                grade.manual_score, grade.needs_manual_grade = line.points, False
                marks += 1
            if line.comment and line.comment != answer.comment:
                comment.manual_comment = line.comment
                comments += 1
        gradebook.db.commit()
    return Read(marks, comments, len(filled) - len(changed), sum(line.points is None for line in lines), copy)


def named(exercise: Unit, known: dict[tuple[str, str], Answer], lines: list[Line]) -> list[Line]:
    """The lines with names in place of codes."""
    students = sorted({student for student, _ in known})
    by_code = {code: student for student, code in codes(exercise, students).items()}
    return [
        Line(line.number, by_code.get(line.student, line.student), line.question, line.points, line.comment)
        for line in lines
    ]


def differs(line: Line, answer: Answer) -> bool:
    """Whether the line says something that the gradebook does not have."""
    return _new_mark(line, answer) or bool(line.comment and line.comment != answer.comment)


def _new_mark(line: Line, answer: Answer) -> bool:
    return line.points is not None and (answer.confirm or line.points != answer.points)


def _complaints(lines: list[Line], known: dict[tuple[str, str], Answer]) -> list[str]:
    students, questions = {student for student, _ in known}, sorted({question for _, question in known})
    complaints, seen = [], {}
    for line in lines:
        key = line.student, line.question
        if line.student not in students:
            complaints.append(f"{line.place}: unknown student, or nothing of theirs was graded")
        elif line.question not in questions:
            complaints.append(f"{line.place}: unknown question; there are {', '.join(questions)}")
        elif key in seen:
            complaints.append(f"{line.place}: the same answer as row {seen[key]}")
        elif line.points is not None and not 0 <= line.points <= known[key].max_points:
            complaints.append(
                f"{line.place}: {line.points:g} points, where 0 to {known[key].max_points:g} are possible"
            )
        seen.setdefault(key, line.number)
    return complaints


def _conflicts(lines: list[Line], known: dict[tuple[str, str], Answer]) -> list[str]:
    """Where somebody gave another mark already, perhaps in the formgrader."""
    conflicts = []
    for line in lines:
        answer = known[line.student, line.question]
        if None not in (answer.given, line.points) and line.points != answer.given:
            conflicts.append(f"{line.place}: {line.points:g} points; the gradebook has {answer.given:g} already")
        if answer.comment and line.comment and line.comment != answer.comment:
            conflicts.append(f"{line.place}: the gradebook has another comment already: {answer.comment!r}")
    return [*conflicts, "--replace lets the sheet take the place of what the gradebook has"] if conflicts else []
