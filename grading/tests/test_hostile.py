"""Hostile submissions, one class graded at once: no mark that is not deserved, nobody else harmed, each reason reported.

Those made of cells stand in `hostile/CLASS/NAME.py`, those made of metadata and files in `hostile/builders.py`.
"""

import dataclasses
import html
import json
import os
import re
import shutil
from collections import Counter
from pathlib import Path

import nbformat
import psutil
import pytest

from grading import course as courses
from grading import variants
from grading.autograde import autograde
from grading.build import notebook, text
from grading.build.markers import SOLUTION, drop_markers
from grading.course import Unit
from grading.execution.warm import sandbox_problem
from grading.feedback import make_feedback
from grading.preprocessors.verdict import error_message, passed
from grading.scores import is_test, rows
from grading.tests.hostile.builders import BUILT, NAME, Hostile

HERE = Path(__file__).resolve().parent / "hostile"
EXERCISE = Unit("00_hostile", "exercise", "Hostile", minutes=1, automatic=6, manual=2)
POINTS = {"test_double": 2, "test_total": 2, "test_draw": 1, "test_last": 1}
CELL_SECONDS = 4
HONEST = ("honest_a", "honest_Ольга 李雷", "zz_honest")
HEADER = re.compile(r"^# (fails|says): *(.+)$", re.MULTILINE)

pytestmark = [
    pytest.mark.long,  # with make test-all, until the corpus is complete
    pytest.mark.skipif(bool(problem := sandbox_problem()), reason=f"hostile code runs in the sandbox alone: {problem}"),
]


def read(path):
    """A hostile submission of cells: answers replace answers, other cells follow the cell before them."""
    head = dict(HEADER.findall(path.read_text(encoding="utf-8")))
    cells = text.read_cells(path)

    def write(made, folder):
        behind = "setup"
        for cell in cells:
            position = next(index for index, other in enumerate(made.cells) if other.id == behind)
            if cell.role == "answer":
                behind = f"answer_{cell.name}"
                next(other for other in made.cells if other.id == behind).source = cell.source
            else:
                made.cells.insert(position + 1, nbformat.v4.new_code_cell(cell.source))
                behind = made.cells[position + 1].id
        (folder / NAME).write_text(nbformat.writes(made), encoding="utf-8")

    fails = () if head["fails"] == "nothing" else tuple(head["fails"].split(", "))
    what = path.read_text(encoding="utf-8").splitlines()[1].removeprefix("# ")
    return Hostile(path.stem, path.parent.name, what, write, fails, json.loads(head.get("says", '""')))


ALL = [*(read(path) for path in sorted(HERE.glob("*/*.py"))), *BUILT]


@pytest.fixture(scope="module")
def root(tmp_path_factory, course):
    """A course of one small exercise, by the real configuration."""
    folder = tmp_path_factory.mktemp("hostile-course")
    (folder / "grading/text/00_hostile").mkdir(parents=True)
    shutil.copy(HERE / "exercise.py", folder / "grading/text/00_hostile/00_hostile.py")
    shutil.copy(courses.ROOT / "grading/nbgrader_config.py", folder / "grading")
    small = dataclasses.replace(course, units=(EXERCISE,), cell_seconds=CELL_SECONDS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(courses, "ROOT", folder)
        patch.setattr(courses, "load", lambda: small)
        yield folder


@pytest.fixture(scope="module")
def graded(root, tmp_path_factory):
    """All of them and three honest ones, graded in one run; what there was before and after it."""
    workspace = tmp_path_factory.mktemp("hostile-workspace")
    (workspace / "secret.txt").write_text("the-instructor's-secret")
    with pytest.MonkeyPatch.context() as patch, courses.use_workspace(workspace):
        patch.setenv("SECRET", "the-instructor's-secret")
        for name in HONEST:
            variants.hand_in(honest(root), name, EXERCISE)
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


def honest(root):
    path = root / "grading/text/00_hostile/00_hostile.py"
    source = notebook.source_notebook(text.read(path, EXERCISE), courses.load())
    made = notebook.student_notebook(source)
    solved = {cell.id: drop_markers(cell.source, SOLUTION) for cell in source.cells if cell.id.startswith("answer_")}
    for cell in made.cells:
        cell.source = solved.get(cell.id, cell.source)
    return made


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


def test_honest_submissions_of_the_same_class_keep_full_marks(graded):
    workspace, _, reported = graded
    for student in HONEST:
        row = reported[student]
        assert (row.automatic, row.reason) == (6, ""), row
        assert set(messages(workspace, student).values()) == {""}


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


def active(page):
    """What a browser would run of the hostile submissions' words: tags and attributes, not text."""
    tags = re.findall(r"<[a-zA-Z/!][^>]*>", re.sub(r"(?s)<style.*?</style>", "", page))
    runs = re.compile(r"(?i)<script|<iframe|<svg|\son\w+\s*=|javascript:|srcdoc")
    found = [tag for tag in tags if "hostile()" in html.unescape(tag) and runs.search(html.unescape(tag))]
    return found + re.findall(r"(?s)<script[^>]*>\s*hostile\(\)", page)


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
