"""See what stock nbgrader makes of each hostile submission: `python -m grading.tests.hostile.stock [NAME ...]`.

Each is graded by `nbgrader autograde` with its default configuration, together with an honest submission that comes
after it, in a process of its own inside our sandbox: without it, it could do anything. Results are kept in
`stock.json`, beside this file; those that are there are not made again unless they are named.
"""

import fcntl
import json
import multiprocessing
import os
import shutil
import socket
import struct
import subprocess
import sys
import tarfile
import tempfile
import time
from functools import partial
from pathlib import Path

import nbformat
import psutil

from grading import course as courses
from grading.build import notebook, text
from grading.execution import sandbox
from grading.execution.limits import Limits
from grading.execution.process import end_with_parent
from grading.execution.warm import hidden_paths, readable_paths
from grading.tests.hostile import inside
from grading.tests.hostile.builders import NAME
from grading.tests.hostile.corpus import ALL, EXERCISE, HERE, active, honest

RESULTS = HERE / "stock.json"
SECONDS = 240  # for the run; nbgrader itself gives each cell 30
MEMORY_MB = 4000
PROCESSES = 4  # most of them wait for something that does not end
AFTER = "zz_honest"
COURSE = "/home/student/course"
LIMITS = Limits(memory_mb=MEMORY_MB, files_mb=800, cpu_seconds=300, processes=200)


def main(names: list[str]) -> None:
    import nbgrader.apps  # noqa: F401, once for all that are forked

    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        (root / "grading/text/00_hostile").mkdir(parents=True)
        shutil.copy(HERE / "exercise.py", root / "grading/text/00_hostile/00_hostile.py")
        template = root / "template"
        released(template, root)
        chosen = [item.name for item in ALL if (item.name in names if names else item.name not in recorded())]
        with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
            for name, result in pool.imap_unordered(partial(graded, template=template, root=root), chosen):
                RESULTS.write_text(json.dumps(recorded() | {name: result}, indent=1, sort_keys=True) + "\n")
                print(name, result, flush=True)


def recorded() -> dict:
    return json.loads(RESULTS.read_text()) if RESULTS.exists() else {}


def released(folder: Path, root: Path) -> None:
    """A course of nbgrader's own, with the exercise in its gradebook, and a secret."""
    source = folder / "source" / EXERCISE.id
    source.mkdir(parents=True)
    made = notebook.source_notebook(text.read(root / "grading/text/00_hostile/00_hostile.py", EXERCISE), courses.load())
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    (source / NAME).write_text(nbformat.writes(made))
    shutil.copy(courses.ROOT / "grading/student/checks.py", source)
    command = [sys.executable, "-W", "ignore", "-m", "nbgrader", "generate_assignment", EXERCISE.id, "--create"]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # nbgrader starts `alembic` by name
    subprocess.run(command, cwd=folder, env=os.environ | {"PATH": path}, check=True, capture_output=True)
    fonts = {"MPLCONFIGDIR": str(folder / "matplotlib")}  # the list of fonts, which each run would make again
    subprocess.run([sys.executable, "-c", "import matplotlib.pyplot"], env=os.environ | fonts, check=True)
    (folder / "secret.txt").write_text("the-instructor's-secret")


def graded(name: str, template: Path, root: Path) -> tuple[str, dict]:
    """What became of a submission and of the honest one after it."""
    item = next(item for item in ALL if item.name == name)
    course = Path(tempfile.mkdtemp(dir=root))
    shutil.copytree(template, course, dirs_exist_ok=True)
    for student, write in ((name, item.write), (AFTER, save)):
        folder = course / "submitted" / student / EXERCISE.id
        folder.mkdir(parents=True)
        write(honest(root), folder)
    work = Path(tempfile.mkdtemp(dir=root))
    with tarfile.open(work / "course.tar", "w") as archive:
        archive.add(course, ".", filter=lambda member: moved(member, course))
    found = run_inside(work, pages=item.kind == "9_web")
    shutil.rmtree(course)
    students = found.get("students", {})
    mine, after = students.get(item.name, {}), students.get(AFTER, {})
    return name, {
        "ended": found["ended"],
        "points": mine.get("points"),
        "leaks": mine.get("leaks", []),
        "page_runs_scripts": bool(active(mine.get("page", ""))),
        "points_of_the_honest_one_after_it": after.get("points"),
        "last_words": last_words(found.get("log", "")),
    }


def save(made, folder: Path) -> None:
    (folder / NAME).write_text(nbformat.writes(made))


def moved(member: tarfile.TarInfo, course: Path) -> tarfile.TarInfo:
    """Links lead to where the course will lie inside the sandbox."""
    if member.issym():
        member.linkname = member.linkname.replace(str(course), COURSE)
    return member


def last_words(log: str) -> str:
    lines = [line.strip() for line in log.splitlines() if "ERROR" in line or "Error" in line]
    return lines[-1][:200].replace(COURSE, "") if lines else ""


def run_inside(work: Path, pages: bool) -> dict:
    """Run `inside.py` shut in, watched for time and memory; `pages`: let nbgrader make the feedback, too."""
    receive, send = os.pipe()
    guard = os.fork()
    if guard == 0:
        try:
            shut_in(work, send, pages)
        finally:
            os._exit(1)
    os.close(send)
    watched, end, stopped = psutil.Process(guard), time.monotonic() + 3 * SECONDS, ""
    os.set_blocking(receive, False)
    said = b""
    while not stopped:
        time.sleep(1)
        try:
            part = os.read(receive, 10_000_000)
            said += part
            if not part:
                break
        except BlockingIOError:
            pass
        if resident_mb(watched) > MEMORY_MB and resident_mb(watched, shared_once=True) > MEMORY_MB:
            stopped = f"stopped by us: more than {MEMORY_MB} MB of memory"
        elif time.monotonic() > end:
            stopped = "stopped by us: it did not end"
    for process in [*watched.children(recursive=True), watched]:
        process.kill()
    os.waitpid(guard, 0)
    os.close(receive)
    return json.loads(said) if said and not stopped else {"ended": stopped or "the processes of nbgrader were ended"}


def resident_mb(process: psutil.Process, shared_once: bool = False) -> float:
    total = 0.0
    for part in process.children(recursive=True):
        try:
            total += (part.memory_full_info().pss if shared_once else part.memory_info().rss) / 1e6
        except psutil.Error:
            continue
    return total


def shut_in(work: Path, send: int, pages: bool) -> None:
    """Leave the host, fork the process that is alone inside, and wait for it; never returns."""
    sockets, uid = work / "sockets", 200_000 + os.getpid()
    sockets.mkdir()
    end_with_parent()
    sandbox.enter(work, sockets, [*map(Path, readable_paths())], [*map(Path, hidden_paths())], uid, LIMITS)
    child = os.fork()
    if child == 0:
        loopback_up()
        sandbox.settle(uid, LIMITS)
        os.environ["PATH"] = f"{sys.prefix}/bin:/usr/bin:/bin"
        os.environ["MPLCONFIGDIR"] = f"{COURSE}/matplotlib"
        os.environ["SECRET"] = "the-instructor's-secret"
        inside.main(SECONDS, pages, send)
    os.close(send)
    os.waitpid(child, 0)
    os._exit(0)


def loopback_up() -> None:
    """nbgrader's kernels talk over the loopback device, which a new network namespace has switched off."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
        fcntl.ioctl(device, 0x8914, struct.pack("16sH14s", b"lo", 0x1 | 0x40, b""))  # SIOCSIFFLAGS, up and running


if __name__ == "__main__":
    main(sys.argv[1:])
