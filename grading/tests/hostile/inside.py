"""What runs inside the sandbox, forked by `stock.py`, to see what stock nbgrader does."""

import json
import os
import re
import signal
import tarfile
import time
from pathlib import Path

COURSE, EXERCISE = Path("/home/student/course"), "00_hostile"
LEAK = re.compile(r"(leaked|written|reached): \[[^\]]+\]")


def main(seconds: float, pages: bool, answers: int) -> None:
    """Unpack `course.tar`, grade everybody by nbgrader's own command, say as JSON what became of each; never returns.

    Parameters
    ----------
    seconds : float
        After which the command is stopped.
    pages : bool
        Make nbgrader's feedback, too.
    answers : int
        Where to write.
    """
    with tarfile.open("course.tar") as archive:
        archive.extractall(COURSE)
    os.chdir(COURSE)
    ended = nbgrader("autograde", EXERCISE, "--create", seconds=seconds)
    found = {"ended": ended, "log": Path("log").read_text()[-3000:]}
    if ended is not None and pages:
        nbgrader("generate_feedback", EXERCISE, seconds=seconds)
    found["students"] = {path.name: student(path.name) for path in sorted(Path("submitted").iterdir())}
    with os.fdopen(answers, "w") as stream:
        json.dump(found, stream)
    os._exit(0)


def nbgrader(*words: str, seconds: float) -> int | None:
    """The exit code of an nbgrader command, or None if it had to be stopped."""
    child = os.fork()
    if child == 0:
        _become_nbgrader(words)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.5)
    os.kill(child, signal.SIGKILL)
    return None


def _become_nbgrader(words: tuple[str, ...]) -> None:
    from nbgrader.apps.nbgraderapp import NbGraderApp

    log = os.open("log", os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, target in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(number, target)
    os.closerange(3, 1000)
    code = 1
    try:
        NbGraderApp.launch_instance(list(words))
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    finally:
        os._exit(code)


def student(name: str) -> dict:
    """Automatic points, none where there is no graded notebook; what leaked into the results; the page."""
    place = Path("autograded", name, EXERCISE)
    notebook, page = place / f"{EXERCISE}.ipynb", Path("feedback", name, EXERCISE, f"{EXERCISE}.html")
    words = notebook.read_text(errors="replace") if notebook.is_file() else ""
    leaks = sorted({match.group(1) for match in LEAK.finditer(words)})
    for path in place.rglob("*"):
        if path.is_file() and path.stat().st_size < 1e6 and b"the-instructor's-secret" in path.read_bytes():
            leaks.append(path.name)
    shown = page.read_text(errors="replace") if page.is_file() and page.stat().st_size < 2e7 else ""
    return {"points": points(name) if words else None, "leaks": leaks, "page": shown}


def points(name: str) -> float | None:
    from nbgrader.api import Gradebook, MissingEntry

    try:
        with Gradebook("sqlite:///gradebook.db") as gradebook:
            grades = gradebook.find_submission(EXERCISE, name).notebooks[0].grades
            return sum(grade.auto_score or 0.0 for grade in grades if grade.name.startswith("test_"))
    except MissingEntry:
        return None
