"""What was handed in: `submitted/STUDENT/EXERCISE/EXERCISE.ipynb`, and what may be wrong with it."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from grading import course as courses
from grading.course import CourseError, Unit

MAX_NOTEBOOK_MB = 50


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
        if self.notebook.is_symlink() or self.folder.is_symlink() or self.folder.parent.is_symlink():
            return f"{self.notebook.name} or its folder is a link to another place: ask the student for the file itself"
        if not self.notebook.is_file():
            others = ", ".join(sorted(path.name for path in self.folder.glob("*.ipynb")))
            return f"no {self.notebook.name} in its folder" + (f"; there is {others}: rename it?" if others else "")
        if self.notebook.stat().st_size > MAX_NOTEBOOK_MB * 1_000_000:
            return f"the notebook is larger than {MAX_NOTEBOOK_MB} MB: ask the student to clear its outputs"
        try:
            data = json.loads(self.notebook.read_text(encoding="utf-8-sig"))
        except UnicodeDecodeError:
            return "the notebook is not text in UTF-8: ask the student for it again"
        except json.JSONDecodeError as error:
            return f"the notebook is not JSON (line {error.lineno}): ask the student for it again"
        except (ValueError, RecursionError) as error:
            return f"the notebook cannot be read ({error}): ask the student for it again"
        if not isinstance(data, dict) or not isinstance(data.get("cells"), list):
            return "the file is JSON but not a notebook of format 4: ask the student to save it in JupyterLab"
        return ""

    def digest(self) -> str:
        """Changes when a file of the submission changes."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                digest.update(str(path.relative_to(self.folder)).encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()


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
    found = [Submission(path.parent.name, exercise.id, path) for path in folders]
    if students:
        missing = sorted(set(students) - {submission.student for submission in found})
        if missing:
            raise CourseError(f"Nothing was handed in for {exercise.id} by: {', '.join(missing)}.")
        found = [submission for submission in found if submission.student in students]
    return found
