"""What lies in a SOURCE: a zip of Canvas or another LMS, a folder, or nbgrader's inbound folder."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from grading import submissions
from grading.course import CourseError
from grading.handin import archive, names
from grading.handin.archive import Entry, Refused
from grading.handin.names import Owner

NOTEBOOK = re.compile(r"\.ipynb(\.txt|\.json)?", re.IGNORECASE)  # some browsers add the second
ZIP = b"PK\x03\x04"
NOT_OWN = {"Solutions", "grading"}  # a student who zips the whole course hands these in too
NEVER = datetime.min.replace(tzinfo=UTC)

Member = tuple[Owner, str, Entry]  # whose it is, its path within what that student handed in, the file


@dataclass(frozen=True)
class HandIn:
    """A notebook, the files beside it, and what the names around it say."""

    owner: Owner
    name: str
    notebook: Path
    files: dict[str, Path] = field(default_factory=dict)
    modified: datetime | None = None


def read(source: Path, exercise_id: str, others: set[str], scratch: Path) -> tuple[list[HandIn], list[Refused]]:
    """The hand-ins to an exercise in a source, in the order of its names, and what was not taken.

    Parameters
    ----------
    others : set of str
        The course's other exercises: folders of theirs are left out.
    scratch : Path
        An empty folder to unpack in.

    Raises
    ------
    CourseError
        If the source cannot be read at all.
    """
    if source.is_dir():
        entries, refused = archive.walk(source, archive.WHOLE)
    elif source.is_file():
        try:
            entries, refused = archive.unpack(source, scratch / "whole", archive.WHOLE)
        except CourseError as error:
            raise CourseError(f"{source}: {error}.") from error
    else:
        raise CourseError(f"There is no {source}.")
    entries = _without_wrapping(entries, exercise_id)
    groups: dict[tuple[str, str], list[Member]] = {}
    for entry in entries:
        owner, rest, why = _owner(entry, exercise_id, others)
        if why:
            refused.append(Refused(entry.name, why))
        elif owner:
            group = entry.parts[0] if len(entry.parts) > 1 else ""
            groups.setdefault((names.safe(owner.student), group), []).append((owner, rest, entry))
    found: list[HandIn] = []
    for number, members in enumerate(groups.values()):
        made, more = of_student(members, exercise_id, others, scratch / f"group-{number}")
        found += made
        refused += more
    return found, [Refused(other.name, other.why, _outer(other.name, exercise_id)) for other in refused]


def _outer(name: str, exercise_id: str) -> Owner | None:
    """Whose a file is, by the outermost name alone; `zip: member` is how files in a student's zip are shown."""
    first, *more = PurePosixPath(name.partition(": ")[0]).parts or ("",)
    if first.endswith((":", "/")):  # of a name that leads out of the zip
        return None
    owner = names.of_folder(first) if more else names.of_file(first, exercise_id)
    return owner if owner and names.safe(owner.student) else None


def _without_wrapping(entries: list[Entry], exercise_id: str) -> list[Entry]:
    """The entries without a folder that holds the whole class, as some programs add when they zip one."""
    tops = {entry.parts[0] for entry in entries}
    if len(tops) != 1 or any(len(entry.parts) == 1 for entry in entries):
        return entries
    inside = [Entry(str(PurePosixPath(*entry.parts[1:])), entry.path, entry.modified) for entry in entries]
    notebooks = [entry for entry in inside if NOTEBOOK.search(entry.name)]
    lms = any(names.CANVAS.fullmatch(entry.parts[0]) or names.MOODLE.fullmatch(entry.parts[0]) for entry in inside)
    students = {entry.parts[0] for entry in notebooks if len(entry.parts) > 1}
    return inside if lms or len(students) > 1 or tops == {exercise_id} else entries


def _owner(entry: Entry, exercise_id: str, others: set[str]) -> tuple[Owner | None, str, str]:
    """Whose it is, its path within what that student handed in, and why it is not taken."""
    if len(entry.parts) == 1:
        owner = names.of_file(entry.name, exercise_id)
        if owner is None:
            return None, "", "its name does not say whose it is"
        rest = owner.rest or entry.name
    else:
        owner = names.of_folder(entry.parts[0])
        inside = entry.parts[1:]
        if owner.exercise not in ("", exercise_id) or set(inside[:-1]) & others:
            return None, "", f"of another exercise than {exercise_id}"
        if exercise_id in inside[:-1]:
            inside = inside[inside.index(exercise_id) + 1 :]
        rest = str(PurePosixPath(*inside))
    if owner.typed:
        return None, "", "typed into the LMS, not a file: ask the student for the notebook"
    return (owner, rest, "") if names.safe(owner.student) else (None, "", "no student's name is left of it")


def of_student(
    members: list[Member], exercise_id: str, others: set[str], scratch: Path
) -> tuple[list[HandIn], list[Refused]]:
    """The notebooks in one student's folder, or among one student's loose files, and in the zips there."""
    zips = [member for member in members if _is_zip(member[2])]
    loose = [member for member in members if member not in zips]
    found, refused = _notebooks(loose, others, "")
    if not found and not zips:
        refused += [Refused(entry.name, "not a notebook") for _, _, entry in loose]
    for number, (owner, _, entry) in enumerate(zips):
        try:
            inside, more = archive.unpack(entry.path, scratch / str(number), archive.ONE)
        except CourseError as error:
            refused.append(Refused(entry.name, str(error)))
            continue
        inside = [replace(other, modified=entry.modified) for other in inside]  # as old as the zip that came
        deeper = [other for other in inside if _is_zip(other)]
        more += [Refused(other.name, "a zip within a student's zip: ask for it unpacked") for other in deeper]
        refused += [Refused(f"{entry.name}: {other.name}", other.why) for other in more]
        taken, left = _notebooks([(owner, o.name, o) for o in inside if o not in deeper], others, f"{entry.name}: ")
        refused += left
        if not taken:
            refused.append(Refused(entry.name, f"there is no notebook of {exercise_id} in it"))
        found += taken
    return found, refused


def _notebooks(members: list[Member], others: set[str], place: str) -> tuple[list[HandIn], list[Refused]]:
    """Each notebook, with the files that lie in the same folder or below it."""
    books = [m for m in members if NOTEBOOK.search(PurePosixPath(m[1]).name)]
    ours = [m for m in books if not others & {PurePosixPath(part).stem for part in PurePosixPath(m[1]).parts}] or books
    own = [m for m in ours if not NOT_OWN & set(PurePosixPath(m[1]).parts)] or ours
    found, beside = [], set()
    for owner, rest, entry in own:
        base = PurePosixPath(rest).parent
        files = {
            str(PurePosixPath(other).relative_to(base)): there.path
            for _, other, there in members
            if not NOTEBOOK.search(PurePosixPath(other).name) and PurePosixPath(other).is_relative_to(base)
        }
        files.pop(submissions.STAMP, None)  # a student's own word for when it was handed in
        beside |= set(files.values())
        found.append(HandIn(owner, place + entry.name, entry.path, files, entry.modified))
    refused = [
        Refused(place + m[2].name, "of another exercise, or the course's solution") for m in books if m not in own
    ]
    if found:
        left = [m for m in members if m not in books and m[2].path not in beside and m[1] != submissions.STAMP]
        refused += (
            [Refused(place + left[0][2].name, f"and {len(left) - 1} more: not beside the notebook")] if left else []
        )
    return sorted(found, key=lambda hand: (hand.owner.upload, hand.modified or NEVER, _natural(hand.name))), refused


def _natural(name: str) -> list[tuple[int, str]]:
    """Sorts `x-10` behind `x-9`, and `x` before both."""
    stem = NOTEBOOK.sub("", name)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", stem)]


def _is_zip(entry: Entry) -> bool:
    with entry.path.open("rb") as stream:
        return stream.read(4) == ZIP
