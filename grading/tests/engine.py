"""Run a few cells through the engine, as a submission would be: for the tests of execution and sandbox."""

import asyncio
import contextlib
import time
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import psutil
import pytest

from grading.execution.run import Execution
from grading.execution.warm import Factory, sandbox_problem

STUDENT_FILES = Path(__file__).resolve().parents[1] / "student"
problem = sandbox_problem()
needs_sandbox = pytest.mark.skipif(bool(problem), reason=f"no sandbox here: {problem}")


@dataclass
class Outcome:
    """What came of a run: the message of each test (empty where it passed), what cells showed, remarks."""

    says: dict[str, str] = field(default_factory=dict)
    shows: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    memory_mb: float = 0.0


def notebook(cells):
    """Cells from `("setup", source)`, `("test_x", source)`; any other name is a student's own cell."""
    made = []
    for name, source in cells:
        cell = nbformat.v4.new_code_cell(source, id=f"{name}-{len(made)}")
        test = name.startswith("test")
        locked = test or name in ("setup", "summary")
        cell.metadata["nbgrader"] = dict(grade_id=name, grade=test, solution=not locked, locked=locked, points=1)
        made.append(cell)
    return nbformat.v4.new_notebook(cells=made)


def run_cells(cells, place, factory, seconds=20, notebook_seconds=300):
    """Run a set-up cell and these in `place/student`, with the course's files in `place/course`."""
    for name in ("course", "student"):
        (place / name).mkdir(exist_ok=True)
        (place / name / "checks.py").write_bytes((STUDENT_FILES / "checks.py").read_bytes())
    made = notebook([("setup", "import checks\nimport numpy as np"), *cells])
    execution = Execution(made, place / "student", place / "course", factory, seconds, notebook_seconds)
    asyncio.run(execution.run())
    outcome = Outcome(remarks=execution.remarks, memory_mb=execution.kernels.peak_memory_mb)
    for cell in made.cells[1:]:
        name = cell.metadata["nbgrader"]["grade_id"]
        errors = [f"{output.ename}: {output.evalue}" for output in cell.outputs if output.output_type == "error"]
        shown = [output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell.outputs]
        shown += ["[picture]" for output in cell.outputs if "image/png" in output.get("data", {})]
        outcome.shows[name] = "".join([*shown, *errors])
        if cell.metadata["nbgrader"]["grade"]:
            assert cell.execution_count is not None or errors, "neither run nor failed"
            outcome.says[name] = errors[0] if errors else ""
    return outcome


@pytest.fixture(scope="module")
def factory():
    made = Factory(shut_in=not problem)
    yield made
    made.close()


@pytest.fixture
def new_factory():
    """A maker of factories of the test's own."""
    made = []

    def make(**options):
        made.append(Factory(**{"shut_in": not problem, **options}))
        return made[-1]

    yield make
    for factory in made:
        factory.close()


@pytest.fixture
def go(tmp_path, factory):
    """Run cells: `go(("mine", "..."), ("test_x", "..."))`."""

    def run(*cells, factory=factory, files=None, **limits):
        for name, content in (files or {}).items():
            (tmp_path / "student").mkdir(exist_ok=True)
            (tmp_path / "student" / name).write_text(content)
        return run_cells(cells, tmp_path, factory, **limits)

    return run


def all_ended(members, seconds=20):
    """Whether all of these processes end in time."""
    return wait_until(lambda: not alive(members), seconds)


def alive(members):
    """Those of these processes that have not ended yet."""
    found = []
    for one in members:
        with contextlib.suppress(psutil.NoSuchProcess):  # it ends while it is looked at
            if one.is_running() and one.status() != psutil.STATUS_ZOMBIE:
                found.append(one)
    return found


def wait_until(true, seconds=20):
    """Whether something comes true in time."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.1)
    return true()
