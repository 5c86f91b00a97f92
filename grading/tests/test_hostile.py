"""Hostile submissions, one class graded at once: no mark that is not deserved, nobody else harmed, each reason reported.

Those made of cells stand in `hostile/CLASS/NAME.py`, those made of metadata and files in `hostile/builders.py`.
"""

import base64
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import nbformat
import psutil
import pytest
from PIL import Image

from grading import course as courses
from grading import nbgrader_api, samples
from grading.autograde import autograde
from grading.commands import progress
from grading.execution.warm import sandbox_problem
from grading.outcomes import read_outcome
from grading.preprocessors.verdict import error_message, passed
from grading.results import report
from grading.results.feedback import make_feedback
from grading.results.scores import is_test, rows
from grading.tests.hostile import inside, table
from grading.tests.hostile.builders import NAME
from grading.tests.hostile.corpus import ALL, EXERCISE, POINTS, active, course_at, honest, make_course

CELL_SECONDS = 6  # long enough for honest cells on a busy machine
HONEST = ("honest_a", "honest_Ольга 李雷", "zz_honest")

PATTERN = "a[b]"  # for nbgrader, which finds nothing by it
OTHER_ENCODING = b"M\xfcller"

TIMES = 3
problem = sandbox_problem()

pytestmark = pytest.mark.skipif(bool(problem), reason=f"hostile code runs in the sandbox alone: {problem}")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = make_course(tmp_path_factory.mktemp("hostile-course"))
    with course_at(folder, CELL_SECONDS):
        yield folder


@pytest.fixture(scope="module")
def graded(root, tmp_path_factory):
    """All of them and three honest ones, graded in one run; what there was before and after it."""
    workspace = tmp_path_factory.mktemp("hostile-workspace")
    (workspace / "secret.txt").write_text("the-instructor's-secret")
    with pytest.MonkeyPatch.context() as patch, courses.use_workspace(workspace):
        patch.setenv("SECRET", "the-instructor's-secret")
        for name in HONEST:
            samples.hand_in(honest(root), name, EXERCISE)
        for name in (PATTERN, os.fsdecode(OTHER_ENCODING)):
            samples.hand_in(honest(root), name, EXERCISE)
        for item in ALL:
            folder = workspace / "submitted" / item.name / EXERCISE.id
            folder.mkdir(parents=True)
            item.write(honest(root), folder)
        before = everything(workspace / "submitted")
        patch.setattr(
            "grading.preprocessors.execute.run", lambda job: pytest.fail("run where the gradebook is written")
        )
        autograde(EXERCISE, courses.load())
        make_feedback(EXERCISE)
        yield workspace, before, {row.student: row for row in rows(EXERCISE)}


def everything(folder):
    """Type and content of every file, links as such."""
    found = {}
    for path in sorted(folder.rglob("*")):
        found[path] = os.readlink(path) if path.is_symlink() else path.read_bytes() if path.is_file() else ""
    return found


def messages(workspace, student):
    path = workspace / "autograded" / student / EXERCISE.id / NAME
    if not path.exists():
        return None
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if is_test(cell)]
    assert {cell.metadata.nbgrader.grade_id for cell in cells} == set(POINTS)
    return {cell.metadata.nbgrader.grade_id: "" if passed(cell) else error_message(cell) or "?" for cell in cells}


@pytest.mark.parametrize("item", ALL, ids=lambda item: f"{item.kind}-{item.name}")
def test_a_hostile_submission_comes_out_as_it_should(item, graded):
    workspace, _, reported = graded
    row, said = reported[item.name], messages(workspace, item.name)
    if item.fails is None:
        assert row.state == "not graded" and row.points == 0 and row.reason
        assert item.says in row.reason, row.reason
        return
    assert said is not None, row
    assert {name for name, words in said.items() if words} == set(item.fails), (said, row.reason)
    assert row.automatic == sum(points for name, points in POINTS.items() if name not in item.fails)
    assert not item.fails or row.reason
    assert item.says in f"{said} {row.reason}", (said, row.reason)


@pytest.mark.long
def test_what_takes_too_much_or_ends_comes_out_the_same_each_time(root, tmp_path):
    """Where time, memory and death decide, the outcome must not depend on which comes first."""
    chosen = [item for item in ALL if item.kind in ("7_resources", "8_ends")]
    with courses.use_workspace(tmp_path):
        for item in chosen:
            for number in range(TIMES):
                folder = tmp_path / "submitted" / f"{item.name}-{number}" / EXERCISE.id
                folder.mkdir(parents=True)
                item.write(honest(root), folder)
        autograde(EXERCISE, courses.load())
        found = {row.student: (row.automatic, messages(tmp_path, row.student)) for row in rows(EXERCISE)}
    different = {}
    for item in chosen:
        for number in range(TIMES):
            points, said = found[f"{item.name}-{number}"]
            failed = {name for name, words in (said or {}).items() if words}
            if said is None or failed != set(item.fails):
                different[item.name, number] = (points, said)
    assert not different


def test_honest_submissions_of_the_same_class_keep_full_marks(graded):
    workspace, _, reported = graded
    for student in HONEST:
        row = reported[student]
        assert (row.automatic, row.reason) == (6, ""), row
        assert set(messages(workspace, student).values()) == {""}


@pytest.mark.parametrize(("name", "words"), [(PATTERN, "doctor --repair"), ("M\\xfcller", "rename the folder")])
def test_a_folder_whose_name_cannot_be_read_is_reported_with_what_to_do(name, words, graded):
    row = graded[2][name]
    assert row.state == "not graded" and words in row.reason


def test_what_was_handed_in_is_not_changed(graded):
    workspace, before, _ = graded
    assert everything(workspace / "submitted") == before


def test_nothing_that_was_linked_to_is_copied_or_handed_back(graded):
    workspace, _, _ = graded
    for folder in ("autograded", "feedback", "executed", "outcomes"):
        for path in (workspace / folder).rglob("*"):
            assert not path.is_symlink(), path
            if path.is_file():
                assert b"the-instructor's-secret" not in path.read_bytes(), path


def test_what_looks_for_secrets_finds_none(graded):
    """Such a submission says itself what it has reached: in an assertion, or in words that are kept of stock, too."""
    workspace, _, _ = graded
    found = {}
    for item in ALL:
        path = workspace / "autograded" / item.name / EXERCISE.id / NAME
        if item.kind in ("5_reading", "6_writing") and path.exists():
            outputs = [o for cell in nbformat.read(path, 4).cells if not is_test(cell) for o in cell.get("outputs", [])]
            words = [o.text for o in outputs if o.output_type == "stream" and inside.LEAK.search(o.text)]
            words += [o.ename for o in outputs if o.output_type == "error" and o.ename == "AssertionError"]
            found |= {item.name: words} if words else {}
    assert not found


def test_pages_run_nothing_of_what_was_handed_in(graded):
    """Neither the pages that are given back nor the notebooks that the formgrader shows."""
    workspace, _, _ = graded
    pages = sorted((workspace / "feedback").rglob("*.html"))
    assert len(pages) > 50
    found = {page.parent.parent.name: active(page.read_text(encoding="utf-8")) for page in pages}
    assert not {student: tags for student, tags in found.items() if tags}
    for path in (workspace / "autograded").rglob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                data = output.get("data", {})
                assert set(data) <= {"text/plain", "text/html", "image/png", "image/jpeg"}, (path, set(data))
                assert not active(data.get("text/html", "")) and "hostile" not in data.get("image/png", "")
            assert cell.get("execution_count") is None or isinstance(cell.execution_count, int)


def test_pages_are_of_a_size_that_a_browser_can_bear(graded):
    """So are their pictures, when they are unpacked."""
    workspace, _, _ = graded
    for page in (workspace / "feedback").rglob("*.html"):
        shown = page.read_text(encoding="utf-8")
        assert len(shown) < 15_000_000, page
        for kind, data in re.findall('src="data:image/(png|jpeg);base64,([^"]+)"', shown):
            width, height = Image.open(io.BytesIO(base64.b64decode(data)), formats=[kind]).size
            assert max(width, height) <= 10_000 and width * height <= 25_000_000, (page, width, height)


def test_what_the_terminal_is_told_moves_nothing(graded, capsys):
    workspace, _, reported = graded
    assert "\x1b" in reported["name_that_moves_the_terminal"].reason
    progress(1, 1, read_outcome("name_that_moves_the_terminal", EXERCISE.id))
    print(report.table(list(reported.values())))
    told = capsys.readouterr().out
    assert "name_that_moves_the_terminal" in told
    assert not {letter for letter in told if not letter.isprintable()} - {"\n"}


def test_no_page_shows_what_hidden_tests_expect(graded):
    workspace, _, _ = graded
    for page in (workspace / "feedback").rglob("*.html"):
        shown = page.read_text(encoding="utf-8")
        for word in ("BEGIN HIDDEN", "8.75", "checks.close(total"):
            assert word not in shown, (page, word)


def test_nothing_runs_any_more(graded):
    names = ("hostile-daemon", "grading.execution.factory")
    mine = [process for process in psutil.process_iter() if process.pid != os.getpid()]
    left = []
    for process in mine:
        try:
            words = " ".join(process.cmdline())
            if names[0] in words or (names[1] in words and process.ppid() == 1):
                left.append(words)
        except psutil.Error:
            continue
    assert not left


def test_each_class_has_at_least_three():
    counted = Counter(item.kind for item in ALL)
    assert len(counted) == 10 and min(counted.values()) >= 3 and len(ALL) >= 60, counted
    assert len({item.name for item in ALL}) == len(ALL)
    assert all(item.what for item in ALL)


def test_the_page_names_each_and_what_stock_nbgrader_did_with_it():
    assert json.loads(table.RESULTS.read_text()).keys() == {item.name for item in ALL}
    assert set(table.TITLES) == {item.kind for item in ALL}
    assert table.PAGE.read_text(encoding="utf-8") == table.page(), "run python -m grading.tests.hostile.table"


BY_HAND = ("test_edited", "ids_exchanged", "numpy_patched", "not_a_number", "exit_in_a_call", "html_and_javascript")
BY_HAND += ("links_beside_the_notebook", "endless_iterator", HONEST[1])


def test_nbgraders_own_command_gives_the_same_points(graded, root, tmp_path):
    """`nbgrader autograde`, on a few of each kind; one that is a link is refused, and does not stop the others."""
    workspace, _, reported = graded
    for name in (*BY_HAND, "notebook_is_a_link"):
        shutil.copytree(
            workspace / "submitted" / name, tmp_path / "w/submitted" / name, symlinks=True, copy_function=copy
        )
    with courses.use_workspace(tmp_path / "w", CELL_SECONDS):
        nbgrader_api.write_source(EXERCISE, courses.load())
        nbgrader_api.register(EXERCISE)
        command = [sys.executable, "-W", "ignore", "-m", "grading.tests.hostile.run", root, tmp_path / "w", "nbgrader"]
        here = Path(courses.__file__).parents[1]
        run = subprocess.run([*map(str, command), "autograde", EXERCISE.id], cwd=here, capture_output=True, text=True)
        assert "is a link to another place" in run.stderr
        found = {row.student: row.automatic for row in rows(EXERCISE)}
    assert found == {name: reported[name].automatic for name in BY_HAND} | {"notebook_is_a_link": 0}
    copied = [path.name for path in (tmp_path / "w/autograded/links_beside_the_notebook").rglob("*")]
    assert not {"secret.txt", "gradebook.db", "endless", "pipe"} & set(copied)


def copy(source, target):
    """A pipe as a pipe."""
    os.mkfifo(target) if not os.path.isfile(source) else shutil.copy2(source, target, follow_symlinks=False)
