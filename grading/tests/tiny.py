"""A course of two tiny exercises in a folder of its own, for tests of hand-in and grading."""

import dataclasses
import shutil
import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path

import nbformat
import pytest

from grading import course as courses
from grading.build import notebook, text, units
from grading.course import Course, LateRule, Unit
from grading.tests.test_build import GOOD

FIRST = Unit("01_first", "exercise", "First", minutes=1, automatic=3, manual=2)
SECOND = Unit("02_second", "exercise", "Second", minutes=1, automatic=3, manual=2)
TEXTS = {FIRST.id: GOOD, SECOND.id: GOOD.replace("double", "triple").replace("why", "how")}
COURSE = Course("Tiny", "ebrains-25.02", "https://example.org/tiny", "main", 60, (FIRST, SECOND), LateRule(0.1, 2))
RIGHT = "def double(x):\n    return x + x"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The course's folder, which everything takes for the real one."""
    folder = tmp_path_factory.mktemp("tiny-course")
    (folder / "grading").mkdir()
    shutil.copy(courses.ROOT / "grading/nbgrader_config.py", folder / "grading")
    for unit in COURSE.units:
        path = folder / "grading/text" / unit.id / f"{unit.id}.py"
        path.parent.mkdir(parents=True)
        path.write_text(TEXTS[unit.id])
        for made, content in units.exercise_files(unit, COURSE, folder).items():
            made.parent.mkdir(parents=True, exist_ok=True)
            made.write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(courses, "ROOT", folder)
        patch.setattr(courses, "load", lambda: COURSE)
        yield folder


@pytest.fixture
def workspace(root, tmp_path):
    with courses.use_workspace(tmp_path / "workspace") as folder:
        folder.mkdir()
        yield folder


@cache
def source(unit=FIRST):
    """nbgrader's input."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{unit.id}.py")
        path.write_text(TEXTS[unit.id])
        return notebook.source_notebook(text.read(path, unit), COURSE)


def untouched(unit=FIRST):
    """The notebook as students get it."""
    return notebook.student_notebook(source(unit))


def solved(answer=RIGHT, why="Because."):
    """The first exercise with answers in it."""
    made = untouched()
    for cell in made.cells:
        cell.source = {"answer_double": answer, "discuss_why": why}.get(cell.id, cell.source)
    return made


def content(made=None):
    """A notebook as a file's content; the solved one by default."""
    return nbformat.writes(made or solved()).encode()


def hand_in(workspace, student, data, unit=FIRST, time="", name=""):
    """Put a file into `submitted/` by hand."""
    path = workspace / "submitted" / student / unit.id / (name or f"{unit.id}.ipynb")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    if time:
        (path.parent / "timestamp.txt").write_text(time)
    return path


def due(when):
    """The first exercise with a due date, and the course with it."""
    first = dataclasses.replace(FIRST, due=datetime.fromisoformat(when))
    return first, dataclasses.replace(COURSE, units=(first, SECOND))
