"""When something was handed in, as somebody states it: the exchange, a table, the files' own times, `timestamp.txt`."""

from collections.abc import Iterator
from pathlib import Path

from grading import submissions
from grading.course import CourseError
from grading.handin import names, table
from grading.handin.roster import Roster
from grading.handin.sources import HandIn
from grading.submissions import Submission

MODIFIED = "modified"
STAMPED = "stamped"


def read(times: str, source: Path, people: Roster) -> dict[str, str]:
    """The times in a CSV file, by the name of the folder; by Canvas's number where the roster does not know it.

    Raises
    ------
    CourseError
        If a line is wrong, or the files of a zip are asked for their times.
    """
    if times in (MODIFIED, STAMPED) and not source.is_dir():
        raise CourseError(f"{source}: `--times {times}` needs a folder: no time in a zip can be trusted.")
    if times in ("", MODIFIED, STAMPED):
        return {}
    path = Path(times)
    known: dict[str, str] = {}
    for number, row in table.read(path, ("student", "time")):
        if not row["student"] or not row["time"]:
            raise CourseError(f"{path}, line {number}: the columns student and time must be filled in.")
        try:
            time = submissions.moment(row["time"], f"{path}, line {number}").isoformat()
        except ValueError as error:
            raise CourseError(f"{error}.") from error
        person = people.find(row["student"])
        if known.setdefault(names.folded(person.key if person else row["student"]), time) != time:
            raise CourseError(f"{path}, line {number}: another time of {row['student']} stands in a line before.")
    return known


def of_hand_in(hand: HandIn, student: str, times: str, known: dict[str, str]) -> str:
    """When it was handed in, as somebody states it; empty if nobody does."""
    if hand.owner.time:
        return submissions.moment(hand.owner.time, hand.name).isoformat()
    if times == MODIFIED and hand.modified:
        return hand.modified.isoformat()
    if times == STAMPED and hand.modified:
        stated = Submission(student, "", hand.notebook.parent).handed_in()
        return stated.isoformat() if stated else ""
    return known.get(names.folded(hand.owner.user)) or known.get(names.folded(student)) or ""


def of_nobody(times: dict[str, str], hands: dict[str, list[HandIn]], people: Roster) -> Iterator[str]:
    """Whom the times name and nobody knows: neither this source, nor an earlier one, nor the roster."""
    known = {*hands, *(hand.owner.user for owned in hands.values() for hand in owned)}
    for path in submissions.place().glob("*"):
        known |= {path.name, path.name.rpartition("_")[2]}
    folded = {names.folded(name) for name in known}
    return (name for name in times if name not in folded and not people.find(name))
