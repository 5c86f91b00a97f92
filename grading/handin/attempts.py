"""All attempts of a student are kept in `attempts/`; the one that counts is copied to `submitted/`.

The rule: the latest that can be read counts; if none can, the latest.
"""

import json
import shutil
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from grading import course as courses
from grading import submissions
from grading.handin import folders
from grading.submissions import NOT_TAKEN, STAMP, Submission


@dataclass(frozen=True)
class Attempt:
    """One hand-in.

    `time` is when it was handed in, as the exchange or the instructor states it (empty where nobody does); `when`
    orders attempts where it is missing: the file's own time, or that of the import. `upload` is Canvas's number.
    """

    student: str
    exercise: str
    source: str
    digest: str
    time: str = ""
    when: str = ""
    upload: int = 0
    order: int = 0
    late: bool = False

    @property
    def key(self) -> str:
        moment = "".join(c for c in (self.time or self.when)[:19] if c.isalnum())
        return f"{moment}Z-{self.upload or self.order}-{self.digest[:8]}"

    @property
    def folder(self) -> Path:
        return home(self.student, self.exercise) / self.key

    @property
    def rank(self) -> tuple:
        return (self.time or self.when, self.upload, self.order)

    @property
    def problem(self) -> str:
        """Why it cannot be graded; empty if it can."""
        return Submission(self.student, self.exercise, self.folder).problem()


def home(student: str, exercise: str) -> Path:
    """Where the attempts are kept."""
    return courses.workspace() / "attempts" / student / exercise


def kept(student: str, exercise: str) -> list[Attempt]:
    """The attempts of a student, the latest last."""
    found = []
    for path in home(student, exercise).glob("*.json"):
        try:
            found.append(Attempt(**json.loads(path.read_text(encoding="utf-8"))))
        except (ValueError, TypeError):
            continue
    return in_order(found)


def in_order(found: list[Attempt]) -> list[Attempt]:
    """By time; those with a number of Canvas's stand in its order, whenever their zips were imported.

    Times are often stated for some attempts alone, the late ones, and then say nothing about the others.
    """
    ordered = sorted(found, key=lambda attempt: attempt.rank)
    places = [place for place, attempt in enumerate(ordered) if attempt.upload]
    numbered = sorted((ordered[place] for place in places), key=lambda attempt: (attempt.upload, attempt.order))
    for place, attempt in zip(places, numbered, strict=True):
        ordered[place] = attempt
    return ordered


def keep(attempt: Attempt, notebook: bytes | None, files: dict[str, bytes]) -> Attempt | None:
    """Store an attempt; None if it is there already.

    A time that was not known before is added to it, and one that was stated otherwise before is corrected.
    """
    known = kept(attempt.student, attempt.exercise)
    for other in known:
        same_file = not other.time or not attempt.time or other.source == attempt.source
        if (other.digest, other.upload) == (attempt.digest, attempt.upload) and same_file:
            if attempt.time and other.time != attempt.time:
                _state_time(other, attempt.time, notebook, files)
            return None
    _write(attempt, notebook, files)
    return attempt


def _state_time(known: Attempt, time: str, notebook: bytes | None, files: dict[str, bytes]) -> None:
    """Note when an attempt was handed in, also where it stands in `submitted/`, perhaps repaired."""
    timed = replace(known, time=time)
    _write(timed, notebook, files)
    if timed.key != known.key:
        _record(known).unlink()
        shutil.rmtree(known.folder)
    submission = Submission(known.student, known.exercise, submissions.place() / known.student / known.exercise)
    if submission.folder.is_dir() and _placed(submission).get("attempt") == known.key:
        (submission.folder / STAMP).write_text(stamp(time))
        remember(submission, timed.key)


def _write(attempt: Attempt, notebook: bytes | None, files: dict[str, bytes]) -> None:
    """The record comes last: an interrupted import leaves no attempt that is not whole."""
    contents = dict(files) if notebook is None else {**files, f"{attempt.exercise}.ipynb": notebook}
    if attempt.time:
        contents[STAMP] = stamp(attempt.time).encode()
    folders.write(attempt.folder, contents)
    _record(attempt).write_text(json.dumps(asdict(attempt), indent=1, ensure_ascii=False), encoding="utf-8")


def _record(attempt: Attempt) -> Path:
    return attempt.folder.with_name(f"{attempt.key}.json")


def keep_what_is_there(submission: Submission) -> None:
    """Keep a submission that somebody put into `submitted/` by hand or changed there, before it is changed again."""
    if not submission.folder.is_dir() or folders.digest_of(submission.folder) == _placed(submission).get("digest"):
        return
    changed = submission.notebook if submission.notebook.is_file() else submission.folder
    contents = folders.read(submission.folder)
    for ours in (STAMP, NOT_TAKEN):
        contents.pop(ours, None)
    if not contents:
        return
    notebook = contents.pop(submission.notebook.name, None)
    try:
        time = submission.handed_in()
    except ValueError:
        time = None
    before = current(submission)
    attempt = Attempt(
        submission.student,
        submission.exercise,
        source="found in submitted/",
        digest=folders.digest(notebook, contents),
        time=time.isoformat() if time else "",
        when=datetime.fromtimestamp(changed.stat().st_mtime, UTC).isoformat(),
        upload=before.upload if before else 0,
        order=before.order + 1 if before else 0,
        late=before.late if before else False,
    )
    keep(attempt, notebook, contents)
    remember(submission, attempt.key)


def place(student: str, exercise: str) -> Attempt | None:
    """Let the attempt that counts stand in `submitted/`; returns it."""
    found = kept(student, exercise)
    if not found:
        return None
    submission = Submission(student, exercise, submissions.place() / student / exercise)
    stands = _placed(submission).get("attempt") if submission.folder.is_dir() else None

    def readable(attempt: Attempt) -> bool:
        """What stands in `submitted/` may have been repaired."""
        return not (submission.problem() if attempt.key == stands else attempt.problem)

    counts = next((attempt for attempt in reversed(found) if readable(attempt)), found[-1])
    if counts.key != stands:
        submission.folder.parent.mkdir(parents=True, exist_ok=True)
        folders.write(submission.folder, folders.read(counts.folder))
        remember(submission, counts.key)
    return counts


def remember(submission: Submission, key: str | None = None) -> None:
    """Note which attempt stands in `submitted/`, and in which state we left it."""
    path = home(submission.student, submission.exercise) / "counts.json"
    key = key or _placed(submission).get("attempt", "")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"attempt": key, "digest": folders.digest_of(submission.folder)}), encoding="utf-8")


def _placed(submission: Submission) -> dict:
    path = home(submission.student, submission.exercise) / "counts.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def current(submission: Submission) -> Attempt | None:
    """The attempt that stands in `submitted/`; None if it was put there by hand."""
    key = _placed(submission).get("attempt")
    return next((attempt for attempt in kept(submission.student, submission.exercise) if attempt.key == key), None)


def stamp(time: str) -> str:
    """A time as nbgrader's `timestamp.txt` holds it."""
    return datetime.fromisoformat(time).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
