"""The committed notebooks: made from the texts, nothing leaked, and they run on every package set."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.preprocessors import CheckCellMetadata

from grading import course as courses
from grading import kernels, pictures
from grading.build import notebook, text, units
from grading.build.markers import HIDDEN_TESTS, MARK_SCHEME, SOLUTION, cut_region, split_region

MEMORY_LIMIT_MB = 1500  # students have about 2 GB
LACKING = {"ebrains-24.04": {"nest": "there is no wheel of NEST for Python 3.8"}}  # simulators, as units name them


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(courses.ROOT / path, as_version=4)


def code_lines(source: str) -> set[str]:
    """Lines that mean something: long enough not to stand elsewhere by chance."""
    return {line.strip() for line in source.splitlines() if len(line.strip()) > 12 and not line.strip().startswith("#")}


@pytest.fixture
def cells(exercise):
    return text.read(exercise.text, exercise)


def test_rebuilding_changes_nothing(course):
    made = units.made_files(course)
    tracked = {path for path in made if not path.is_relative_to(courses.ROOT / "grading/source")}
    differing = [path for path in tracked if not path.exists() or path.read_bytes() != made[path]]
    assert not differing, f"run `make notebooks`: {differing}"


def test_nothing_lies_there_that_no_text_makes(course):
    listed = subprocess.run(["git", "ls-files"], cwd=courses.ROOT, capture_output=True, text=True, check=True).stdout
    tracked = {courses.ROOT / line for line in listed.splitlines()}
    beside = {"mod", "figures", "data"}
    stray = [path for path in units.unknown_files(course) if path in tracked and path.parent.name not in beside]
    assert not stray


def test_no_hidden_test_and_no_solution_leaks_into_exercises(exercise, cells):
    folder = courses.ROOT / "Exercises" / exercise.id
    given = "\n".join(cut_region(cut_region(c.source, SOLUTION), HIDDEN_TESTS) for c in cells if c.role != "guard")
    secret = set()
    for cell in cells:
        for markers in (SOLUTION, HIDDEN_TESTS, MARK_SCHEME):
            secret |= code_lines(split_region(cell.source, markers)[1])
        if cell.role == "guard":
            secret |= code_lines(cell.source)
    secret -= code_lines(given)
    assert secret, "the texts hide nothing: this test would see nothing"
    for path in folder.rglob("*"):
        if path.suffix in (".ipynb", ".md", ".txt", ".csv"):
            shown = read(path) if path.suffix == ".ipynb" else None
            content = "\n".join(c.source for c in shown.cells) if shown else path.read_text()
            leaked = secret & code_lines(content)
            assert not leaked, f"{path}: {sorted(leaked)[:3]}"
            assert "BEGIN HIDDEN" not in content and "BEGIN SOLUTION" not in content


def test_no_hidden_test_leaks_into_solutions(exercise, cells):
    content = "\n".join(cell.source for cell in read(Path("Solutions", exercise.id, f"{exercise.id}.ipynb")).cells)
    hidden = set().union(*(code_lines(split_region(cell.source, HIDDEN_TESTS)[1]) for cell in cells))
    shown = set().union(*(code_lines(cut_region(c.source, HIDDEN_TESTS)) for c in cells if c.role != "guard"))
    assert hidden - shown
    assert not (hidden - shown) & code_lines(content)
    assert "BEGIN" not in content


def test_a_leak_would_be_seen():
    """The scan itself, on a notebook that does leak."""
    hidden = "checks.close(double(17), 34, what='another')"
    assert code_lines(f"x = 1\n{hidden}") & code_lines(hidden)


def test_notebooks_validate_and_carry_the_kernel_and_no_outputs(unit, course):
    paths = [unit.notebook] + [Path("Solutions", *unit.notebook.parts[1:])] * (unit.kind == "exercise")
    for path in paths:
        made = read(path)
        nbformat.validate(made)
        assert made.metadata.kernelspec.name == course.kernel
        assert all(cell.execution_count is None and not cell.outputs for cell in made.cells if cell.cell_type == "code")
        assert len({cell.id for cell in made.cells}) == len(made.cells)


def test_student_notebook_has_valid_nbgrader_metadata(exercise):
    CheckCellMetadata().preprocess(read(exercise.notebook), {})


def test_nbgraders_own_release_is_the_committed_notebook(exercise, course, tmp_path):
    """`nbgrader generate_assignment`, under our configuration, makes the same student notebook as the build."""
    from grading import nbgrader_api

    with courses.use_workspace(tmp_path / "workspace"):
        nbgrader_api.write_source(exercise, course)
        nbgrader_api.register(exercise)
        coursedir = nbgrader_api.api().coursedir
        coursedir.release_directory = str(tmp_path / "release")
        result = nbgrader_api.api().generate_assignment(exercise.id, force=True)
    assert result["success"], result
    released = nbformat.read(tmp_path / "release" / exercise.id / f"{exercise.id}.ipynb", as_version=4)
    committed = read(exercise.notebook)
    assert [cell.source for cell in released.cells] == [cell.source for cell in committed.cells]
    assert [cell.metadata for cell in released.cells] == [cell.metadata for cell in committed.cells]


def test_images_are_there_and_have_alternative_text(unit):
    folder = (courses.ROOT / unit.notebook).parent
    made = read(unit.notebook)
    markdown = "\n".join(cell.source for cell in made.cells if cell.cell_type == "markdown")
    for alternative, target in re.findall(r"!\[([^\]]*)\]\(([^)\s]+)\)", markdown):
        assert len(alternative) > 20, f"{target}: what would somebody hear who cannot see it?"
        assert (folder / target).exists(), target
    for tag in re.findall(r"<img[^>]*>", markdown):
        target = re.search(r'src="([^"]+)"', tag)[1]
        assert len(re.search(r'alt="([^"]*)"', tag)[1]) > 20, tag
        assert (folder / target).exists(), target


def test_pictures_are_small(unit):
    for picture in ((courses.ROOT / unit.notebook).parent / "figures").glob("*.png"):
        assert picture.stat().st_size < 200_000, picture


def test_code_is_python_3_8(unit):
    """EBRAINS-24.04 runs Python 3.8."""
    for cell in read(unit.notebook).cells:
        if cell.cell_type == "code" and not re.search(r"^\s*[%!]", cell.source, re.MULTILINE):
            ast.parse(cell.source, feature_version=(3, 8))


def imports(source: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module.split(".")[0])
    return found


def test_notebooks_import_only_what_the_kernel_has(unit):
    kernel = {"numpy", "scipy", "matplotlib", "pandas", "neuron", "LFPy", "lfpykit", "nest", "ipywidgets", "IPython"}
    beside = {"checks", "mechanisms"}
    for cell in read(unit.notebook).cells:
        if cell.cell_type == "code" and not re.search(r"^\s*[%!]", cell.source, re.MULTILINE):
            unknown = imports(cell.source) - kernel - beside - set(sys.stdlib_module_names)
            assert not unknown, f"{cell.id} imports {unknown}"


@pytest.mark.parametrize(
    "package_set",
    ["ebrains-25.02", *(pytest.param(name, marks=pytest.mark.sets) for name in ("ebrains-24.04", "newest"))],
)
def test_runs_twice_in_one_kernel_with_every_guard_true(unit, course, package_set, tmp_path, record_property):
    """Answers, hidden tests and guards, top to bottom and once more, within a student's memory."""
    python = kernels.python_of(package_set)
    if python is None:
        pytest.skip(f"the package set {package_set} is not installed: `make test-all` does that")
    for simulator in set(unit.uses) & set(LACKING.get(package_set, {})):
        pytest.skip(f"{package_set} has no {simulator}: {LACKING[package_set][simulator]}")
    pictures.stage(unit, tmp_path)
    guarded = notebook.guarded_notebook(text.read(unit.text, unit), course)
    outcome = kernels.run(guarded, tmp_path, python, times=2)
    failed = "\n".join(f"{unit.text}:{cell.removeprefix('line-')}: {words}" for cell, words in outcome.errors.items())
    assert not failed, failed
    assert not outcome.stderr, json.dumps(outcome.stderr, indent=1)
    assert outcome.peak_memory_mb < MEMORY_LIMIT_MB
    figures = f"{outcome.peak_memory_mb} MB, {outcome.seconds / 2:.0f} s a run"
    record_property("resources", f"{unit.kind} {unit.id} on {package_set}: {figures}")


THREADS = """
import os, time
import nest
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # as beside a busy process
nest.verbosity = nest.VerbosityLevel.ERROR
for threads in (1, 2):
    nest.ResetKernel()
    nest.local_num_threads = threads
    neurons = nest.Create("iaf_psc_delta", 200)
    nest.Connect(nest.Create("poisson_generator", params={"rate": 8e3}), neurons, syn_spec={"weight": 0.2, "delay": 1.0})
    start = time.process_time()
    nest.Simulate(100.0)
    print(time.process_time() - start)
"""


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system binds no process to a core")
@pytest.mark.parametrize(
    ("where", "package_set"),
    [
        ("lecture-10_networks", "ebrains-25.02"),
        ("exercise-12_balanced_network", "ebrains-25.02"),
        ("grading", "ebrains-25.02"),
        pytest.param("lecture-10_networks", "newest", marks=pytest.mark.sets),  # each wheel brings an OpenMP of its own
    ],
)
def test_threads_of_nest_sleep_while_they_wait(where, package_set, course, tmp_path):
    """Beside a busy process, threads that wait awake for one another take a hundred times as long."""
    python = kernels.python_of(package_set)
    if python is None:
        pytest.skip(f"the package set {package_set} is not installed: `make test-all` does that")
    from grading.execution import warm

    source, surroundings = THREADS, {name: os.environ[name] for name in os.environ if not name.startswith("OMP_")}
    if where == "grading":
        surroundings = warm.environment()
    else:
        unit = next(unit for unit in course.units if f"{unit.kind}-{unit.id}" == where)
        pictures.stage(unit, tmp_path)
        source = next(cell.source for cell in text.read(unit.text, unit) if cell.role == "setup") + source
    command = [str(python), "-c", source]
    ended = subprocess.run(command, cwd=tmp_path, env=surroundings, capture_output=True, text=True, timeout=300)
    assert ended.returncode == 0, ended.stderr
    one, two = (float(line) for line in ended.stdout.split()[-2:])
    assert two < 20 * one, f"{two:.2f} s in place of {one:.2f} s"


@pytest.mark.parametrize("package_set", kernels.SETS)
def test_only_a_set_that_lacks_nest_may_leave_it_out(package_set):
    """Units with NEST are skipped on such a set: on any other, a missing NEST must fail."""
    lock = (courses.ROOT / f"grading/environments/{package_set}.lock").read_text()
    assert ("\nnest-simulator==" in lock) == ("nest" not in LACKING.get(package_set, {}))
