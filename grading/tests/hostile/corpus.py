"""The corpus: every hostile submission, and the honest one that they are made from."""

import dataclasses
import html
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest

from grading import course as courses
from grading.build import notebook, text
from grading.build.markers import SOLUTION, drop_markers
from grading.course import Unit
from grading.tests.hostile.builders import BUILT, NAME, Hostile

HERE = Path(__file__).resolve().parent
EXERCISE = Unit("00_hostile", "exercise", "Hostile", minutes=1, automatic=6, manual=2)
POINTS = {"test_double": 2, "test_total": 2, "test_draw": 1, "test_last": 1}
HEADER = re.compile(r"^# (fails|says): *(.+)$", re.MULTILINE)


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

    right = not any(cell.role == "answer" for cell in cells)
    fails = () if head["fails"] == "nothing" else tuple(head["fails"].split(", "))
    what = path.read_text(encoding="utf-8").splitlines()[1].removeprefix("# ")
    return Hostile(path.stem, path.parent.name, what, write, fails, json.loads(head.get("says", '""')), right)


ALL = [*(read(path) for path in sorted(HERE.glob("*/*.py"))), *BUILT]


def make_course(folder: Path) -> Path:
    """A course of one small exercise, by the real configuration."""
    (folder / "grading/text/00_hostile").mkdir(parents=True)
    shutil.copy(HERE / "exercise.py", folder / "grading/text/00_hostile/00_hostile.py")
    shutil.copy(courses.ROOT / "grading/nbgrader_config.py", folder / "grading")
    return folder


@contextmanager
def course_at(root: Path, cell_seconds: int) -> Iterator[courses.Course]:
    """Let this be the course."""
    small = dataclasses.replace(courses.load(), units=(EXERCISE,), cell_seconds=cell_seconds)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(courses, "ROOT", root)
        patch.setattr(courses, "load", lambda: small)
        yield small


def honest(root):
    path = root / "grading/text/00_hostile/00_hostile.py"
    source = notebook.source_notebook(text.read(path, EXERCISE), courses.load())
    made = notebook.student_notebook(source)
    solved = {cell.id: drop_markers(cell.source, SOLUTION) for cell in source.cells if cell.id.startswith("answer_")}
    for cell in made.cells:
        cell.source = solved.get(cell.id, cell.source)
    return made


def active(page):
    """What a browser would run of the hostile submissions' words: tags and attributes, not text."""
    tags = re.findall(r"<[a-zA-Z/!][^>]*>", re.sub(r"(?s)<style.*?</style>", "", page))
    runs = re.compile(r"(?i)<script|<iframe|<svg|\son\w+\s*=|javascript:|srcdoc")
    found = [tag for tag in tags if "hostile()" in html.unescape(tag) and runs.search(html.unescape(tag))]
    return found + re.findall(r"(?s)<script[^>]*>\s*hostile\(\)", page)
