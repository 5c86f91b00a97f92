"""`python -m grading doctor`: what is wrong with each submission, what grading does about it, what needs a person."""

from collections import Counter
from datetime import UTC
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.utils import is_solution

from grading import course as courses
from grading import late, staging, submissions
from grading.build import notebook, text
from grading.course import Course, Unit, text_folder
from grading.handin import attempts, names, reading, repair
from grading.handin.findings import NOTE, PERSON, REPAIR, Finding
from grading.handin.roster import Roster
from grading.preprocessors.rebuild import rebuild
from grading.submissions import Submission

CONFLICT = ("<<<<<<< ", ">>>>>>> ")


class Doctor:
    """Looks at the submissions to one exercise."""

    def __init__(self, exercise: Unit, course: Course, people: Roster):
        self.exercise, self.course, self.people = exercise, course, people
        self.source = notebook.source_notebook(
            text.read(text_folder(exercise, courses.ROOT) / f"{exercise.id}.py", exercise), course
        )
        self.stubs = {cell.id: cell for cell in notebook.student_notebook(self.source).cells}
        self.others = {unit.id for unit in course.exercises} - {exercise.id}
        self.extensions = late.extensions(course)

    def examine(self, submission: Submission) -> list[Finding]:
        """What there is to say about one submission."""
        found: list[Finding] = []

        def say(words: str, need: str = NOTE, file: str = submission.notebook.name) -> None:
            found.append(Finding(submission.student, file, words, need))

        problem = submission.problem()
        if problem:
            remedy, words = repair.remedy(submission, self.others)
            if remedy:
                say(f"{problem}. Not graded until `--repair` {words}", REPAIR)
            else:
                say(f"{problem}. Not graded" + (f"; {words}" if words else ""), PERSON)
        self._about_name(submission, say)
        self._about_time(submission, say)
        if not problem:
            data, remarks = reading.load(submission.notebook.read_bytes())
            for remark in remarks:
                say(f"{remark}. Graded; `--repair` writes it anew, for other programs")
            self._about_form(data, say)
            self._about_cells(submission, say)
        return found

    def _about_name(self, submission: Submission, say) -> None:
        name = submission.student
        if new := repair.new_name(submission):
            say(f"its folder's name does harm; `--repair` calls it {new}", REPAIR, "the folder")
        elif names.safe(name) != name:
            say(
                "its folder's name does harm, and `--repair` leaves it: something was graded under it, or has the name "
                "that it would get. Rename it",
                PERSON,
                "the folder",
            )
        for other in {path.name for path in submissions.place().iterdir()} - {name}:
            if names.folded(other) == names.folded(name):
                say(
                    f"{other} is nearly the same name: a disk may take both for one. Both are graded",
                    PERSON,
                    "the folder",
                )
        if self.people.people and not self.people.find(name):
            say("not in the roster. Graded, but Canvas may not know whose it is", NOTE, "the folder")

    def _about_time(self, submission: Submission, say) -> None:
        exercise, kept = self.exercise, attempts.kept(submission.student, submission.exercise)
        current = attempts.current(submission)
        if len(kept) > 1 and current:
            say(f"{len(kept)} attempts are kept; {current.source} of {(current.time or current.when)[:16]} counts")
        due = late.due(exercise, submission.student, self.extensions)
        try:
            handed_in = submission.handed_in()
        except ValueError as error:
            say(f"{error}. Graded, and taken as in time until it holds one", PERSON)
            return
        if due is None or self.course.late is None:
            return
        if handed_in is None and current and current.late:
            say(
                "Canvas calls it late and does not say by how much: nothing is taken off until the time stands in "
                f"{submissions.STAMP} beside it, as in 2026-03-02 09:30 +0100",
                PERSON,
            )
        elif handed_in is None:
            say(f"nobody says when it was handed in (no {submissions.STAMP}): taken as in time")
        else:
            lateness = late.lateness(exercise, self.course, handed_in - due)
            if lateness.days:
                say(f"{lateness.words} (due {due.astimezone(UTC):%Y-%m-%d %H:%M} UTC)")

    def _about_form(self, data: dict, say) -> None:
        cells = [cell for cell in data["cells"] if isinstance(cell, dict)]
        metadata = data.get("metadata")
        kernel = metadata.get("kernelspec") if isinstance(metadata, dict) else None
        wanted = kernel.get("name") if isinstance(kernel, dict) else None
        if wanted != self.course.kernel:
            say(f"asks for the kernel {wanted or 'of no name'}. Graded with {self.course.kernel}")
        if len(cells) < len(data["cells"]):
            say(f"{len(data['cells']) - len(cells)} of its cells are none. Left out")
        twice = [
            name for name, count in Counter(str(cell.get("id")) for cell in cells if "id" in cell).items() if count > 1
        ]
        if twice:
            say(f"cell ids stand there several times ({', '.join(twice[:3])}). The first keeps it")
        if not any(isinstance(cell.get("metadata"), dict) and "nbgrader" in cell["metadata"] for cell in cells):
            say("nbgrader's metadata were stripped. Cells are known by their ids, or by place and content")

    def _about_cells(self, submission: Submission, say) -> None:
        submitted = staging.read(submission.notebook)
        rebuilt, remarks = rebuild(submitted, self.source)
        for remark in remarks:
            say(remark)
        graded = [cell.id for cell in self.source.cells if "nbgrader" in cell.metadata]
        claims = [cell.metadata.get("nbgrader", {}).get("grade_id", cell.get("id")) for cell in submitted.cells]
        order = [graded.index(name) for name in dict.fromkeys(claims) if name in graded]
        if order != sorted(order):
            say("cells were moved. Put back in their order")
        if marked := [cell for cell in submitted.cells if all(_has_line(cell, mark) for mark in CONFLICT)]:
            say(
                f"git's merge-conflict markers stand in {len(marked)} cells, which fail to run. Ask which side is right",
                PERSON,
            )
        answers = [cell for cell in rebuilt.cells if cell.metadata.get("nbgrader") and is_solution(cell)]
        open_ones = [cell.id for cell in answers if cell.source.strip() in ("", self.stubs[cell.id].source.strip())]
        if open_ones and len(open_ones) == len(answers):
            say("nothing was filled in: is this the right file? Graded, 0 points", PERSON)
        elif open_ones:
            say(f"left as handed out: {', '.join(open_ones)}")
        extra = sorted(path.name for path in submission.folder.glob("*.ipynb") if path != submission.notebook)
        for name in extra:
            say(
                f"does not count, {submission.notebook.name} does",
                PERSON if len(open_ones) == len(answers) else NOTE,
                name,
            )


def _has_line(cell: NotebookNode, mark: str) -> bool:
    return any(line.startswith(mark) for line in cell.source.splitlines())


def of_class(exercise: Unit, course: Course, people: Roster, students: set[str]) -> list[Finding]:
    """What concerns no single file: who handed in nothing, and extensions for nobody."""
    found = []
    missing = [person.key for person in people.people if not {person.key} & students]
    if missing:
        found.append(Finding("class", exercise.id, f"nothing from {', '.join(sorted(missing))}"))
    known = {names.folded(name) for name in students} | {names.folded(person.key) for person in people.people}
    for student, exercise_id in late.extensions(course):
        if exercise_id == exercise.id and student not in known:
            words = f"an extension for {student}, who handed in nothing: is the name right?"
            found.append(Finding(student, Path(late.extensions_path()).name, words, PERSON))
    return found


def examine(exercise: Unit, course: Course, people: Roster, mend: bool, report) -> list[Finding]:
    """Examine the submissions to an exercise, and repair what can be repaired where `mend` says so.

    Parameters
    ----------
    report : callable
        Is told of each finding as it comes, and of each repair in words.

    Returns
    -------
    findings
        Those that are left.
    """
    doctor = Doctor(exercise, course, people)
    left: list[Finding] = []
    for submission in submissions.find(exercise):
        found = doctor.examine(submission)
        for finding in found:
            report(finding)
        if mend and (words := repair.repair(submission, doctor.others)):
            report(Finding(submission.student, submission.notebook.name, f"repaired: {words}"))
            found = doctor.examine(repair.renamed(submission))
        left += found
    more = of_class(exercise, course, people, {submission.student for submission in submissions.find(exercise)})
    for finding in more:
        report(finding)
    return left + more


def exercises_with_submissions(course: Course) -> tuple[Unit, ...]:
    return tuple(unit for unit in course.exercises if any((courses.workspace() / "submitted").glob(f"*/{unit.id}")))
