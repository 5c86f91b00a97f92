"""The class as `roster.csv` lists it: Canvas's gradebook export as it is, or a table with some of its columns."""

from dataclasses import dataclass
from pathlib import Path

from grading import course as courses
from grading.course import CourseError
from grading.handin import table
from grading.handin.names import folded, safe

COLUMNS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")


@dataclass(frozen=True)
class Person:
    """A row of the roster, in Canvas's words."""

    name: str
    id: str
    sis_user: str
    login: str
    section: str

    @property
    def key(self) -> str:
        """The name of this student's folders."""
        return safe(self.login or self.id)


@dataclass(frozen=True)
class Roster:
    """Everybody in the class; empty where there is no file."""

    people: tuple[Person, ...] = ()

    def find(self, *names: str) -> Person | None:
        """The student with one of these: Canvas's number, a login, the name of a folder; None if nobody has it."""
        wanted = {folded(name) for name in names if name}
        for person in self.people:
            if wanted & {folded(name) for name in (person.id, person.login, person.sis_user, person.key) if name}:
                return person
        return None


def path() -> Path:
    return courses.workspace() / "roster.csv"


def load() -> Roster:
    """Read `roster.csv`, if it is there.

    Raises
    ------
    CourseError
        If a column is missing, or two students share a login or a number.
    """
    if not path().exists():
        return Roster()
    rows = [row for _, row in table.read(path())]
    if not rows or not {"id", "sis login id"} & set(rows[0]):
        wanted = ", ".join(COLUMNS)
        raise CourseError(
            f"{path()} needs a first line with the columns {wanted}, of them at least ID or SIS Login ID."
        )
    people = []
    for row in rows:
        values = [row.get(column.lower(), "") for column in COLUMNS]
        if values[1] or values[3]:  # Canvas puts lines without either between head and students
            people.append(Person(*values))
    _complain_about_twins(people)
    return Roster(tuple(people))


def _complain_about_twins(people: list[Person]) -> None:
    seen: dict[tuple[str, str], Person] = {}
    for person in people:
        for column, value in (("ID", person.id), ("SIS Login ID", person.login), ("folder", person.key)):
            twin = seen.setdefault((column, folded(value)), person) if value else person
            if twin is not person and twin.id != person.id:
                raise CourseError(f"{path()}: {twin.name!r} and {person.name!r} have the same {column}, {value!r}.")
