"""What can be repaired without touching an answer; the original is kept in `attempts/`."""

import json
import tempfile
from pathlib import Path

import nbformat

from grading import course as courses
from grading import staging, submissions
from grading.course import CourseError
from grading.handin import archive, attempts, folders, names, sources
from grading.handin.sources import HandIn
from grading.submissions import Submission


def remedy(submission: Submission, others: set[str]) -> tuple[bool, str]:
    """Whether a submission that cannot be graded can be repaired, and in words what is done or stands in the way."""
    if submission.student != submission.folder.parent.name:  # which is no text
        new = new_name(submission)
        return bool(new), f"calls it {new}" if new else ""
    with tempfile.TemporaryDirectory(prefix="doctor-") as scratch:
        hand, words = _instead(submission, others, Path(scratch))
    return hand is not None, words


def repair(submission: Submission, others: set[str]) -> str:
    """Repair a submission; what was done, in words, empty where there was nothing to do."""
    if submission.folder.is_symlink() or submission.folder.parent.is_symlink():
        return ""
    done = []
    if _rename(submission):
        submission = renamed(submission)
        done.append(f"the folder is called {submission.student} now")
    with tempfile.TemporaryDirectory(prefix="doctor-") as scratch:
        if submission.problem():
            hand, words = _instead(submission, others, Path(scratch))
            if hand:
                files = {name: path.read_bytes() for name, path in hand.files.items()}
                _replace(submission, hand.notebook, files)
                done.append(words)
        elif not _plain(submission.notebook):
            files = folders.read(submission.folder)
            _replace(submission, submission.notebook, files)
            done.append("written anew in notebook format 4.5")
    return " and ".join(done)


def renamed(submission: Submission) -> Submission:
    """The submission under the name that a repair gave its folder."""
    if submission.folder.is_dir():
        return submission
    student = names.safe(submission.student)
    return Submission(student, submission.exercise, submissions.place() / student / submission.exercise)


def _instead(submission: Submission, others: set[str], scratch: Path) -> tuple[HandIn | None, str]:
    """The notebook that was meant where the right one is missing or a zip: under another name, or in a zip."""
    if submission.folder.is_symlink() or submission.folder.parent.is_symlink() or submission.notebook.is_symlink():
        return None, ""
    try:
        if submission.notebook.is_file() and submission.notebook.read_bytes()[:4] != sources.ZIP:
            return None, ""
        entries, _ = archive.walk(submission.folder, archive.ONE)
        owner = names.Owner(submission.student)
        found, _ = sources.of_student(
            [(owner, entry.name, entry) for entry in entries], submission.exercise, others, scratch
        )
    except (OSError, CourseError) as error:
        return None, str(error)
    fits = [hand for hand in found if not _problem(hand, submission, scratch)]
    different = {hand.notebook.read_bytes(): hand for hand in fits}
    if len(different) > 1:
        return None, f"several could be meant, leave one: {', '.join(sorted(hand.name for hand in fits))}"
    if not fits:
        return None, ""
    return fits[-1], f"takes {fits[-1].name} for it"


def _problem(hand: HandIn, submission: Submission, scratch: Path) -> str:
    """Why this notebook cannot be graded either."""
    folder = scratch / "tried"
    folder.mkdir(exist_ok=True)
    tried = Submission(submission.student, submission.exercise, folder)
    tried.notebook.write_bytes(hand.notebook.read_bytes())
    return tried.problem()


def _plain(notebook: Path) -> bool:
    """Whether nbgrader and Jupyter read it as it is: UTF-8, format 4, valid, each cell with an id of its own."""
    try:
        data = json.loads(notebook.read_bytes().decode("utf-8"))
        ids = [cell["id"] for cell in data["cells"]]
        whole = (data["nbformat"], data["nbformat_minor"]) == (4, 5) and len(ids) == len(set(ids))
        return whole and nbformat.validator.isvalid(data, version=4, version_minor=5)
    except (ValueError, KeyError, TypeError, RecursionError):
        return False


def _replace(submission: Submission, notebook: Path, files: dict[str, bytes]) -> None:
    """Keep what is there and put this notebook in its place, in the form that everybody reads."""
    content = nbformat.writes(staging.read(notebook)).encode() + b"\n"
    if (submission.folder / submissions.STAMP).is_file():
        files[submissions.STAMP] = (submission.folder / submissions.STAMP).read_bytes()
    attempts.keep_what_is_there(submission)
    folders.write(submission.folder, {**files, submission.notebook.name: content})
    attempts.remember(submission)


def new_name(submission: Submission) -> str:
    """The name without harm that a repair gives the student's folders; empty where none is needed.

    Empty as well where something was graded under the old one, or lies there under the new one.
    """
    old, new, workspace = submission.folder.parent.name, names.safe(submission.student), courses.workspace()
    graded = (workspace / "autograded" / submission.student).exists()
    taken = any((workspace / step / new).exists() for step in ("submitted", "attempts"))
    return "" if new in ("", old) or graded or taken else new


def _rename(submission: Submission) -> bool:
    """Give the student's folders the new name, where there is one."""
    new, workspace = new_name(submission), courses.workspace()
    if not new:
        return False
    submission.folder.parent.rename(workspace / "submitted" / new)
    if (workspace / "attempts" / submission.student).is_dir():
        (workspace / "attempts" / submission.student).rename(workspace / "attempts" / new)
    return True
