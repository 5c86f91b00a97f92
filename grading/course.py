"""The course as `course.toml` describes it, and where its folders lie."""

import os
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Where grading writes (submissions, gradebook, feedback). Another folder can be named, so that
# the demonstration and the tests never touch an instructor's own.
WORKSPACE_VARIABLE = "COURSE_GRADING_WORKSPACE"
CELL_SECONDS_VARIABLE = "COURSE_CELL_SECONDS"


class CourseError(Exception):
    """Something that a person can mend; the message says where and how."""


@dataclass(frozen=True)
class Unit:
    """A lecture or an exercise.

    `automatic` and `manual` are points; `minutes` is what a student needs; `needs` names units that come
    before; `uses` names simulators beyond NumPy, SciPy and Matplotlib; `mechanisms` names files of
    `grading/mechanisms/` that the build puts into the unit's `mod/`; `due` is when an exercise must be handed in.
    """

    id: str
    kind: str
    title: str
    minutes: int
    needs: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ()
    automatic: int = 0
    manual: int = 0
    due: datetime | None = None

    @property
    def text(self) -> Path:
        """The text file that the notebooks are made from."""
        return text_folder(self) / f"{self.id}.py"

    @property
    def notebook(self) -> Path:
        """The student's notebook, relative to the course's root."""
        if self.kind == "lecture":
            return Path("lectures", f"{self.id}.ipynb")
        return Path("Exercises", self.id, f"{self.id}.ipynb")


def text_folder(unit: Unit, root: Path = ROOT) -> Path:
    """The folder with the unit's text, figures, data and mechanisms."""
    return root / "lectures/text" if unit.kind == "lecture" else root / "grading/text" / unit.id


@dataclass(frozen=True)
class LateRule:
    """What lateness costs: this share of an exercise's points for each day begun after the hours of grace."""

    penalty_per_day: float
    grace_hours: float = 0


@dataclass(frozen=True)
class Course:
    title: str
    kernel: str
    repository: str
    branch: str
    cell_seconds: int
    units: tuple[Unit, ...]
    late: LateRule | None = None

    @property
    def kernel_display_name(self) -> str:
        return self.kernel.replace("ebrains", "EBRAINS")

    @property
    def exercises(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if unit.kind == "exercise")

    @property
    def lectures(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if unit.kind == "lecture")

    def exercise(self, exercise_id: str) -> Unit:
        """The exercise with this id.

        Raises
        ------
        CourseError
            If there is none; the message lists those that there are.
        """
        for unit in self.exercises:
            if unit.id == exercise_id.rstrip("/"):
                return unit
        known = ", ".join(unit.id for unit in self.exercises)
        raise CourseError(f"There is no exercise {exercise_id!r}. There are: {known}.")


def load(path: Path = ROOT / "course.toml") -> Course:
    """Read `course.toml`.

    Raises
    ------
    CourseError
        If the file cannot be read as TOML, or an entry lacks or doubles something.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CourseError(f"{path}: {error}") from error
    units = tuple(_unit(entry, path) for entry in data.get("unit", []))
    addresses = [(unit.kind, unit.id) for unit in units]
    for address in addresses:
        if addresses.count(address) > 1:
            raise CourseError(f"{path}: the {address[0]} {address[1]!r} stands there twice.")
    known = {f"{unit.kind}s/{unit.id}" for unit in units}
    for unit in units:
        if missing := set(unit.needs) - known:
            raise CourseError(f"{path}: unit {unit.id!r} needs {', '.join(sorted(missing))}, which is no unit.")
    if late := data.get("course", {}).get("late"):
        data["course"]["late"] = _late_rule(late, path)
    try:
        limit = os.environ.get(CELL_SECONDS_VARIABLE)
        return Course(units=units, **data["course"] | ({"cell_seconds": int(limit)} if limit else {}))
    except (KeyError, TypeError) as error:
        wanted = "title, kernel, repository, branch and cell_seconds, may have late"
        raise CourseError(f"{path}: [course] needs {wanted}, nothing else ({error}).") from error


def _late_rule(entry: object, path: Path) -> LateRule:
    known = {"penalty_per_day": 1, "grace_hours": 24 * 365}
    right = isinstance(entry, dict) and "penalty_per_day" in entry and set(entry) <= set(known)
    if not right or not all(
        isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= known[key]
        for key, value in entry.items()
    ):
        example = "{ penalty_per_day = 0.1, grace_hours = 2 }"
        raise CourseError(
            f"{path}: [course] late must look like {example}, a share from 0 to 1 and hours: not {entry}."
        )
    return LateRule(**entry)


def _unit(entry: dict, path: Path) -> Unit:
    entry = dict(entry)
    name = entry.get("id", "without an id")
    points = entry.pop("points", {})
    if entry.get("kind") not in ("lecture", "exercise"):
        raise CourseError(f'{path}: unit {name!r}: kind must be "lecture" or "exercise".')
    due = entry.get("due")
    if due is not None and (entry["kind"] != "exercise" or not isinstance(due, datetime) or due.tzinfo is None):
        raise CourseError(
            f"{path}: unit {name!r}: due belongs to an exercise, a time with its zone: due = 2026-03-01T23:59:00+01:00"
        )
    try:
        return Unit(
            **{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}, **points
        )
    except TypeError as error:
        raise CourseError(f"{path}: unit {name!r}: {error}") from error


@contextmanager
def use_workspace(folder: Path, cell_seconds: int | None = None) -> Iterator[Path]:
    """Grade in another folder for a while, perhaps with another limit; processes started meanwhile do so too."""
    limit = str(cell_seconds) if cell_seconds else None
    with use_environment({WORKSPACE_VARIABLE: str(folder), CELL_SECONDS_VARIABLE: limit}):
        yield folder


@contextmanager
def use_environment(wanted: dict[str, str | None]) -> Iterator[None]:
    """Set, or with None remove, variables of the environment for a while."""
    before = {name: os.environ.get(name) for name in wanted}
    _set_environment(wanted)
    try:
        yield
    finally:
        _set_environment(before)


def _set_environment(values: dict[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def workspace() -> Path:
    """The folder that holds submitted/, autograded/, feedback/ and gradebook.db."""
    return Path(os.environ.get(WORKSPACE_VARIABLE, ROOT / "grading")).resolve()
