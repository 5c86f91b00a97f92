"""How the grading of each submission ended, kept in a file of its own: `outcomes/EXERCISE/STUDENT.json`."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from grading import course as courses

GRADED = "graded"
NOT_GRADED = "not graded"


@dataclass(frozen=True)
class Outcome:
    """How the grading of one submission ended; points stand in the gradebook."""

    student: str
    exercise: str
    state: str
    reason: str = ""
    seconds: float = 0.0
    memory_mb: int = 0
    key: str = ""

    @property
    def path(self) -> Path:
        return outcome_path(self.student, self.exercise)

    def stands(self, held: str | None, wanted: str) -> bool:
        """Whether it was graded as is wanted, and all that came of it is where it belongs.

        nbgrader deletes the autograded notebook first, and may be interrupted then; a gradebook may be an older copy.

        Parameters
        ----------
        held : str, optional
            The digest of the job of which the gradebook holds the result, if it holds any.
        wanted : str
            The digest of the job that would run now.
        """
        notebook = courses.workspace() / "autograded" / self.student / self.exercise / f"{self.exercise}.ipynb"
        return self.state == GRADED and self.key == held == wanted and notebook.is_file()


def outcome_path(student: str, exercise: str) -> Path:
    return courses.workspace() / "outcomes" / exercise / f"{student}.json"


def read_outcome(student: str, exercise: str) -> Outcome | None:
    try:
        return Outcome(**json.loads(outcome_path(student, exercise).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_outcome(outcome: Outcome) -> None:
    outcome.path.parent.mkdir(parents=True, exist_ok=True)
    scratch = outcome.path.with_suffix(".new")
    scratch.write_text(json.dumps(asdict(outcome), indent=1), encoding="utf-8")
    scratch.replace(outcome.path)
