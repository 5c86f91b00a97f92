"""Two scratch courses with the same exercise and the same class: one for stock nbgrader, one for this grading."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat

from grading import course as courses
from grading.build import notebook, text, units
from grading.build.markers import SOLUTION, drop_markers
from grading.course import Course, CourseError, Unit

TEXTS = Path(__file__).resolve().parent / "texts"
OWN = (
    Unit("a_numpy", "exercise", "NumPy and SciPy", 1, automatic=5),
    Unit("b_neuron", "exercise", "NEURON with one mechanism", 1, uses=("neuron",), automatic=5),
    Unit("c_lfpy_nest", "exercise", "LFPy and NEST", 1, uses=("neuron", "lfpy", "nest"), automatic=4),
)
LEFT_BEHIND = ("tests", "text", "source", "demo", "submitted", "autograded", "feedback", "executed", "outcomes")


@dataclass(frozen=True)
class Command:
    """A command that grades the class, and where it runs."""

    words: tuple[str, ...]
    folder: Path
    gradebook: Path


def exercise(name: str, course: Course) -> Unit:
    """One of the benchmark's own exercises, or one of the course's."""
    return next((unit for unit in OWN if unit.id == name), None) or course.exercise(name)


def stock(folder: Path, unit: Unit, course: Course, students: int) -> Command:
    """A course for nbgrader without any configuration, released and handed in."""
    beside = _ours(folder / "text", unit, course)
    files = units.exercise_files(unit, course, beside)
    root = folder / "stock"
    for path, content in files.items():
        if path.is_relative_to(beside / "grading/source"):
            _write(root / "source" / path.relative_to(beside / "grading/source"), content)
    words = [sys.executable, "-m", "nbgrader", "generate_assignment", unit.id, "--create"]
    done = subprocess.run(words, cwd=root, capture_output=True, text=True, env=environment())
    if done.returncode:
        raise CourseError(f"stock nbgrader does not release {unit.id}:\n{done.stderr}")
    _hand_in(root, unit, beside, course, students)
    autograde = (sys.executable, "-m", "nbgrader", "autograde", unit.id)
    return Command(autograde, root, root / "gradebook.db")


def ours(folder: Path, unit: Unit, course: Course, students: int, workers: int) -> Command:
    """A copy of this grading with one exercise, handed in."""
    root = _ours(folder / "ours", unit, course)
    _hand_in(root / "grading", unit, root, course, students)
    autograde = (sys.executable, "-m", "grading", "autograde", unit.id, "--workers", str(workers))
    return Command(autograde, root, root / "grading/gradebook.db")


def solved(source: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The student's notebook with the reference's answers."""
    answers = {cell.id: cell.source for cell in source.cells if cell.id.startswith("answer_")}
    made = notebook.student_notebook(source)
    for cell in made.cells:
        cell.source = drop_markers(answers.get(cell.id, cell.source), SOLUTION)
    return made


def environment() -> dict[str, str]:
    """As where somebody activated the environment: nbgrader and NEURON start programs by name."""
    return dict(os.environ, PATH=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))


def floor(folder: Path, unit: Unit, course: Course, times: int) -> Command:
    """The exercise's own folder, with a notebook of its solution and all tests."""
    root = _ours(folder / "floor", unit, course)
    for path, content in units.exercise_files(unit, course, root).items():
        _write(path, content)
    place = root / "grading/source" / unit.id
    made = nbformat.read(place / f"{unit.id}.ipynb", as_version=4)
    for cell in made.cells:
        cell.source = drop_markers(cell.source, SOLUTION)
    nbformat.write(made, place / "solved.ipynb")
    words = (sys.executable, "-m", "grading.benchmarks.floor", "solved.ipynb", str(times))
    return Command(words, place, Path())


def _ours(root: Path, unit: Unit, course: Course) -> Path:
    ignored = shutil.ignore_patterns(*LEFT_BEHIND, "gradebook.db*", "*.csv", "*.ipynb")
    shutil.copytree(courses.ROOT / "grading", root / "grading", ignore=ignored)
    own = TEXTS / unit.id
    shutil.copytree(own if own.is_dir() else courses.text_folder(unit), root / "grading/text" / unit.id)
    points = f"{{ automatic = {unit.automatic}, manual = {unit.manual} }}"
    lines = ["[course]", 'title = "Benchmark"', f'kernel = "{course.kernel}"', 'repository = ""', 'branch = "main"']
    lines += ["cell_seconds = 300", "[[unit]]", f'id = "{unit.id}"', 'kind = "exercise"', f'title = "{unit.title}"']
    lines += ["minutes = 1", f"uses = {list(unit.uses)}", f"points = {points}"]
    (root / "course.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return root


def _hand_in(place: Path, unit: Unit, root: Path, course: Course, students: int) -> None:
    """The solved notebook and the files beside it for each student; no two are the same."""
    cells = text.read(root / "grading/text" / unit.id / f"{unit.id}.py", unit)
    source = notebook.source_notebook(cells, course)
    beside = units.exercise_files(unit, course, root)
    released = root / "Exercises" / unit.id
    for number in range(students):
        folder = place / "submitted" / f"student{number:03}" / unit.id
        made = solved(source)
        made.cells.append(nbformat.v4.new_code_cell(f"student = {number}"))
        for path, content in beside.items():
            if path.is_relative_to(released) and path.suffix != ".ipynb":
                _write(folder / path.relative_to(released), content)
        _write(folder / f"{unit.id}.ipynb", nbformat.writes(made).encode())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
