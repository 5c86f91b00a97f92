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

    @property
    def stands(self) -> bool:
        """Whether it was graded, and lies where nbgrader puts it: it deletes that first, and may be interrupted then."""
        folder = courses.workspace() / "autograded" / self.student / self.exercise
        return self.state == GRADED and (folder / f"{self.exercise}.ipynb").is_file()


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
