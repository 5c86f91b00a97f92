"""The gradebook's file: wait until nobody else writes it, and keep copies of what a run is about to change."""

import contextlib
import errno
import fcntl
import re
import sqlite3
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

from grading import course as courses
from grading.course import CourseError

WAIT_SECONDS = 600
KEPT = 5  # copies of each file; older ones are deleted
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
AGAIN = "What was finished is kept: run the same command again when this is mended."
# Which job's result each of nbgrader's entries holds: in its own file, since that may be replaced by a backup.
TABLE = "CREATE TABLE IF NOT EXISTS result_held (submission TEXT PRIMARY KEY, job TEXT NOT NULL)"
# What ends a run is no fault of the submission; nbgrader's API tells it as the last line of a traceback.
HALTS = re.compile(
    r"^ *(?:sqlalchemy\.exc|sqlite3)\.OperationalError: (.*)$|^ *OSError: (\[Errno (?:27|28|122)\].*)$", re.MULTILINE
)


@cache
def spare_openings() -> None:
    """Let nbgrader open a gradebook cheaply: it does so nine times for each submission, and looks at every table.

    One engine for each gradebook remembers its statements. Tables are made where there are none. The version of tables
    is looked up here, where nbgrader starts a program that takes seconds. A course without a name is no row to look for.
    """
    from nbgrader import api
    from sqlalchemy import inspect

    api.create_engine = cache(api.create_engine)
    api.get_alembic_version = _alembic_version
    metadata, Gradebook = api.Base.metadata, api.Gradebook
    create_all, check_course, tables = metadata.create_all, Gradebook.check_course, set(metadata.tables)

    def create_missing(bind) -> None:
        if not tables <= set(inspect(bind).get_table_names()):
            create_all(bind)

    def check_named_course(self, course_id: str = "", **columns):
        return check_course(self, course_id, **columns) if course_id else None

    metadata.create_all, Gradebook.check_course = create_missing, check_named_course


@cache
def _alembic_version() -> str:
    import nbgrader
    from alembic.script import ScriptDirectory  # takes a while, and only a new gradebook needs it

    return ScriptDirectory(str(Path(nbgrader.__file__).parent / "alembic")).get_current_head()


def place() -> Path:
    return courses.workspace() / "gradebook.db"


def wait_until_free() -> None:
    """Return when this process could write the gradebook.

    Raises
    ------
    CourseError
        If another program has it locked for longer than ten minutes, or it cannot be written at all.
    """
    end, told = time.monotonic() + WAIT_SECONDS, False
    while place().exists():
        try:
            with contextlib.closing(sqlite3.connect(place(), timeout=min(2.0, WAIT_SECONDS))) as connection:
                connection.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise CourseError(f"{place()} cannot be written ({error}). {AGAIN}") from None
        if not told:
            words = f"{place()} is locked by another program: waiting up to {WAIT_SECONDS:g} s for it."
            print(words, file=sys.stderr, flush=True)
            told = True
        if time.monotonic() > end:
            words = f"{place()} has been locked by another program for {WAIT_SECONDS:g} s: end it (a formgrader, a viewer of"
            raise CourseError(f"{words} databases, another run). {AGAIN}")


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until no other run grades in this workspace: two would delete each other's notebooks.

    The system frees the lock when its holder ends, however that is; processes forked meanwhile do not hold it.
    """
    courses.workspace().mkdir(parents=True, exist_ok=True)
    with (courses.workspace() / ".grading-lock").open("w") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.EACCES):  # or else this disk knows no locks
                print("Another run is grading here: waiting until it has ended.", file=sys.stderr, flush=True)
                fcntl.lockf(file, fcntl.LOCK_EX)
        yield


def keep_copy() -> Path | None:
    """Copy the gradebook to `backups/`, unless it is what the last copy holds; returns the new copy."""
    if not place().exists():
        return None
    scratch = _folder("gradebook") / "new"
    scratch.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(place())) as book, contextlib.closing(sqlite3.connect(scratch)) as copy:
        book.backup(copy)
    return _keep(scratch, "gradebook", ".db")


def keep_copy_of_notebook(student: str, exercise: str) -> Path | None:
    """Copy an autograded notebook to `backups/` before it is replaced."""
    notebook = courses.workspace() / "autograded" / student / exercise / f"{exercise}.ipynb"
    if not notebook.is_file():
        return None
    folder = f"autograded/{student}/{exercise}"
    scratch = _folder(folder) / "new"
    scratch.write_bytes(notebook.read_bytes())
    return _keep(scratch, folder, ".ipynb")


def note_result(book, student: str, exercise: str, job: str) -> None:
    """Note of which job the gradebook holds the result for a submission; empty for none. It is saved with the next commit.

    Parameters
    ----------
    book : nbgrader.api.Gradebook
        Open.
    """
    from sqlalchemy import text

    values = dict(submission=book.find_submission(exercise, student).id, job=job)
    book.db.execute(text(TABLE))
    book.db.execute(text("INSERT OR REPLACE INTO result_held VALUES (:submission, :job)"), values)


def results_held(exercise: str) -> dict[str, str]:
    """By student, the digest of the job of which the gradebook holds the result."""
    if not place().exists():
        return {}
    chosen = "SELECT s.student_id, r.job FROM result_held r JOIN submitted_assignment s ON s.id = r.submission"
    with contextlib.closing(sqlite3.connect(place(), timeout=60)) as book:
        if not book.execute("SELECT 1 FROM sqlite_master WHERE name = 'result_held'").fetchall():
            return {}
        return dict(book.execute(f"{chosen} JOIN assignment a ON a.id = s.assignment_id WHERE a.name = ?", (exercise,)))


@contextlib.contextmanager
def in_words() -> Iterator[None]:
    """Turn a full disk, or a gradebook that cannot be written, into words that say what to do."""
    from sqlalchemy.exc import OperationalError

    try:
        yield
    except (OperationalError, sqlite3.Error) as error:
        raise CourseError(f"The gradebook cannot be written: {getattr(error, 'orig', error)}. {AGAIN}") from error
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise CourseError(f"The disk is full: {error}. {AGAIN}") from error


def _folder(name: str) -> Path:
    folder = courses.workspace() / "backups" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _keep(scratch: Path, name: str, suffix: str) -> Path | None:
    """Give a new copy the date as its name and delete the oldest; none is kept twice."""
    folder = _folder(name)
    copies = sorted(folder.glob(f"*{suffix}"))
    if copies and copies[-1].read_bytes() == scratch.read_bytes():
        scratch.unlink()
        return None
    kept = scratch.replace(folder / f"{datetime.now():%Y-%m-%d_%H-%M-%S-%f}{suffix}")
    for old in copies[: max(0, len(copies) + 1 - KEPT)]:
        old.unlink()
    return kept
