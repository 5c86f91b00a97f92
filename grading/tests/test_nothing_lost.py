"""A run that is killed at any moment, finds the disk full or the gradebook locked goes on later, with the same result."""

import contextlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time

import nbformat
import psutil
import pytest

from grading import course as courses
from grading import gradebook, nbgrader_api, samples, submissions
from grading.autograde import autograde, prepare
from grading.course import CourseError
from grading.execution import job as jobs
from grading.execution.warm import sandbox_problem
from grading.preprocessors.verdict import passed
from grading.results import scores
from grading.results.feedback import make_feedback
from grading.tests.engine import all_ended, wait_until
from grading.tests.hostile.builders import NAME, cell, wrong
from grading.tests.hostile.corpus import EXERCISE, course_at, honest, make_course
from grading.tests.hostile.run import CELL_SECONDS

STUDENTS = ("ada", "ben", "cleo", "dirk", "eve", "finn", "gina", "hugo", "ines", "jan")  # a run takes a while
MARKED = "ada"  # marked by hand before, then handed in again
problem = sandbox_problem()


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = make_course(tmp_path_factory.mktemp("course"))
    with course_at(folder, CELL_SECONDS):
        yield folder


@pytest.fixture(scope="module")
def begun(root, tmp_path_factory):
    """A class of which one was graded and marked by hand, and has handed in again."""
    workspace = tmp_path_factory.mktemp("begun")
    with courses.use_workspace(workspace):
        for student in STUDENTS:
            made = honest(root)
            cell(made, "discuss_why").source = f"Because {student} says so."
            samples.hand_in(wrong(made) if student in ("ben", "eve") else made, student, EXERCISE)
        autograde(EXERCISE, courses.load(), students=[MARKED])
        mark("discuss_why", 1.5, "Say why.")
        path = workspace / "submitted" / MARKED / EXERCISE.id / NAME
        made = nbformat.read(path, as_version=4)
        cell(made, "answer_total").source += "  # handed in again"
        nbformat.write(made, path)
    return workspace


@pytest.fixture(scope="module")
def undisturbed(root, begun, tmp_path_factory):
    """What comes of it, and the seconds that it takes."""
    workspace = tmp_path_factory.mktemp("undisturbed") / "w"
    shutil.copytree(begun, workspace)
    start = time.monotonic()
    code, said = ended(started(root, workspace))
    assert code == 0, said
    seconds = time.monotonic() - start
    found = everything(workspace)
    assert [row[1:] for row in found["grades"] if row[0] == MARKED and row[1] == "discuss_why"] == [
        ("discuss_why", None, 1.5, "Say why.")
    ]
    assert {row[0] for row in found["grades"]} == set(STUDENTS)
    assert sum(row[2] or 0 for row in found["grades"]) == 56
    return found, seconds


@pytest.fixture
def workspace(begun, tmp_path):
    return shutil.copytree(begun, tmp_path / "w")


def mark(name, points, comment=None):
    with nbgrader_api.gradebook() as book:
        keys = (name, EXERCISE.id, EXERCISE.id, MARKED)
        grade = book.find_grade(*keys)
        grade.manual_score, grade.needs_manual_grade = points, False
        if comment is not None:
            book.find_comment(*keys).manual_comment = comment
        book.db.commit()


def started(root, workspace):
    command = [sys.executable, "-W", "ignore", "-m", "grading.tests.hostile.run", str(root), str(workspace)]
    pipes = dict(stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    return subprocess.Popen(command, cwd=os.path.dirname(os.path.dirname(courses.__file__)), **pipes)


def ended(process):
    """How a run ended, and what it said."""
    said = process.communicate(timeout=1800)[1].decode()
    return process.returncode, said


def everything(workspace):
    """Grades with marks and comments, how each submission ended, and what is given back."""
    with courses.use_workspace(workspace):
        grades = []
        with nbgrader_api.gradebook() as book:
            for submission in book.assignment_submissions(EXERCISE.id):
                for notebook in submission.notebooks:
                    comments = {comment.name: comment.manual_comment for comment in notebook.comments}
                    for grade in notebook.grades:
                        points = (grade.auto_score, grade.manual_score, comments.get(grade.name))
                        grades.append((submission.student.id, grade.name, *points))
        make_feedback(EXERCISE)
        rows = [(row.student, row.state, row.points, row.reason) for row in scores.rows(EXERCISE)]
    pages = {path.parent.parent.name: path.read_text() for path in (workspace / "feedback").rglob("*.html")}
    return {"grades": sorted(grades, key=str), "rows": rows, "pages": pages}


def family(process, kind):
    """The processes of one kind that a run has at present."""
    with contextlib.suppress(psutil.Error):
        children = psutil.Process(process.pid).children()
        shared = [child for child in children if "--listen" in child.cmdline()]
        workers = [child for child in children if "grading.tests.hostile.run" in child.cmdline()]
        factories = [child for parent in shared for child in parent.children()]
        forked = [child for factory in factories for child in factory.children()]
        kernels = [child for guard in forked for child in guard.children()]
        return {"worker": workers, "shared": shared, "factory": factories, "kernel": forked if problem else kernels}[
            kind
        ]
    return []


@pytest.mark.parametrize("kind", ["worker", "shared", "factory", "kernel"])
def test_a_run_survives_the_end_of_its_processes(kind, root, workspace, undisturbed):
    moments = random.Random(kind)
    process = started(root, workspace)
    assert wait_until(lambda: family(process, kind) or process.poll() is not None, 900)
    time.sleep(moments.uniform(0.0, 0.3))
    victims: list[psutil.Process] = []
    wait_until(lambda: victims.extend(family(process, kind)) or victims or process.poll() is not None)
    assert victims, "the run was over before anything could be killed"
    with contextlib.suppress(psutil.Error):
        moments.choice(victims).kill()
    code, said = ended(process)
    assert code == 0, said
    assert everything(workspace) == undisturbed[0]


def finished_since(workspace, start):
    """Students whose grading has ended since then, by what is kept of it."""
    return {path.stem for path in (workspace / "outcomes").rglob("*.json") if path.stat().st_mtime > start}


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_run_whose_parent_is_killed_goes_on_where_it_stopped(after, root, workspace, undisturbed):
    """Killed at a random moment after so many submissions are finished, and again: neither runs or grades them anew."""
    moments, kept, start = random.Random(after), {}, time.time()
    for wanted in (after, after + 1):
        process = started(root, workspace)
        while len(finished_since(workspace, start)) < wanted and process.poll() is None:
            time.sleep(0.05)
        time.sleep(moments.uniform(0.0, 0.4) if wanted else moments.uniform(0.5, 4.0))
        assert process.poll() is None and len(finished_since(workspace, start)) < len(STUDENTS), "the run was over"
        members = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.communicate()
        assert all_ended(members, 60)
        results = {path: path.stat().st_mtime_ns for path in (workspace / "executed").rglob("*.json")}
        assert kept.items() <= results.items()
        kept = {path: when for path, when in results.items() if path.stem in finished_since(workspace, start)}
        assert len(kept) >= wanted
    code, said = ended(started(root, workspace))
    assert code == 0, said
    assert all(path.stat().st_mtime_ns == when for path, when in kept.items())
    assert everything(workspace) == undisturbed[0]


@contextlib.contextmanager
def locked(workspace):
    connection = sqlite3.connect(workspace / "gradebook.db", check_same_thread=False)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield connection
    finally:
        connection.close()


def test_a_locked_gradebook_is_waited_for_and_then_named(root, workspace, undisturbed, monkeypatch, capsys):
    monkeypatch.setattr(gradebook, "WAIT_SECONDS", 1)
    with courses.use_workspace(workspace):
        with locked(workspace), pytest.raises(CourseError, match="locked by another program for 1 s: end it"):
            autograde(EXERCISE, courses.load())
        assert "waiting up to 1 s" in capsys.readouterr().err
        monkeypatch.setattr(gradebook, "WAIT_SECONDS", 60)
        with locked(workspace) as connection:
            threading.Timer(4, connection.close).start()
            autograde(EXERCISE, courses.load())
    assert everything(workspace) == undisturbed[0]


@pytest.mark.skipif(os.geteuid() != 0, reason="a small disk can be mounted by root alone")
def test_a_full_disk_ends_the_run_with_words_and_it_goes_on_later(root, begun, tmp_path, undisturbed):
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "none", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.decode()}")
    try:
        workspace = shutil.copytree(begun, place / "w")
        left = shutil.disk_usage(place).free
        (place / "filler").write_bytes(bytes(left - 250_000))
        code, said = ended(started(root, workspace))
        assert code == 2, said
        assert "full" in said or "No space" in said, said
        assert "run the same command again" in said
        (place / "filler").unlink()
        code, said = ended(started(root, workspace))
        assert code == 0, said
        assert everything(workspace) == undisturbed[0]
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_regrading_after_a_test_changed_keeps_marks_and_comments(root, workspace):
    text = root / "grading/text/00_hostile/00_hostile.py"
    before = text.read_text()
    with courses.use_workspace(workspace):
        mark("test_total", 0.5)
        text.write_text(before.replace("close(total, 42.5", "close(total, 41.5"))
        try:
            autograde(EXERCISE, courses.load())
            changed = {row.student: row for row in scores.rows(EXERCISE)}
            with nbgrader_api.gradebook() as book:
                grades = {grade.name: grade for grade in book.find_submission(EXERCISE.id, MARKED).notebooks[0].grades}
                assert (grades["test_total"].auto_score, grades["test_total"].manual_score) == (0, 0.5)
                assert grades["discuss_why"].manual_score == 1.5
                keys = (EXERCISE.id, EXERCISE.id, MARKED)
                assert book.find_comment("discuss_why", *keys).comment == "Say why."
        finally:
            text.write_text(before)
    assert (changed["cleo"].automatic, changed[MARKED].automatic, changed[MARKED].manual) == (4, 4.5, 1.5)


def test_a_copy_is_kept_before_anything_is_overwritten(workspace, root, monkeypatch):
    monkeypatch.setattr(gradebook, "KEPT", 2)
    with courses.use_workspace(workspace):
        shutil.rmtree(workspace / "backups", ignore_errors=True)
        old = (workspace / "autograded" / MARKED / EXERCISE.id / NAME).read_bytes()
        mark("discuss_why", 2.0, "Better.")
        autograde(EXERCISE, courses.load(), students=[MARKED])
        (copy,) = (workspace / "backups/gradebook").iterdir()
        with contextlib.closing(sqlite3.connect(copy)) as book:
            assert book.execute("SELECT manual_score FROM grade WHERE manual_score IS NOT NULL").fetchall() == [(2.0,)]
        (notebook,) = (workspace / "backups/autograded" / MARKED / EXERCISE.id).iterdir()
        assert notebook.read_bytes() == old
        for points in (0.5, 1.0, 1.5):
            mark("discuss_why", points, "")
            assert gradebook.keep_copy()
            assert gradebook.keep_copy() is None, "nothing has changed since"
        assert len(list((workspace / "backups/gradebook").iterdir())) == 2


def test_a_gradebook_that_was_deleted_meanwhile_is_made_anew(root, tmp_path):
    """Its tables are looked for at each opening, though one process opens it many times."""
    with courses.use_workspace(tmp_path):
        for _ in range(2):
            gradebook.place().unlink(missing_ok=True)
            with nbgrader_api.gradebook() as book:
                book.add_student("ada")
            with contextlib.closing(sqlite3.connect(gradebook.place())) as file:
                assert file.execute("SELECT id FROM student").fetchall() == [("ada",)]
                assert file.execute("SELECT count(*) FROM alembic_version").fetchall() == [(1,)]


def test_a_kernel_killed_between_two_cells_costs_nothing(root, monkeypatch, tmp_path):
    """Just when it is asked whether it still answers: what the cell had defined is gone, and no fault of the student."""
    from grading.execution.session import StudentKernel

    killed, answers = [], StudentKernel.answers

    async def kill_once(kernel, code, seconds):
        defined = any("answer_double" in str(cell.metadata) and cell.execution_count for cell in kernel.client.nb.cells)
        if not killed and defined:
            killed.append(True)
            await kernel.manager.provisioner.kill()
            await kernel.end()
        return await answers(kernel, code, seconds)

    monkeypatch.setattr(StudentKernel, "answers", kill_once)
    with courses.use_workspace(tmp_path):
        samples.hand_in(honest(root), "ada", EXERCISE)
        nbgrader_api.write_source(EXERCISE, courses.load())
        job, refused = prepare(submissions.find(EXERCISE)[0], EXERCISE)
        result = jobs.run(job)
    cells = [cell for cell in jobs.unpacked(result.notebook).cells if scores.is_test(cell)]
    assert killed and not refused and [cell.metadata.nbgrader.grade_id for cell in cells if not passed(cell)] == []
