"""A submission to run, as plain data: what a worker needs, wherever it runs, and what it sends back."""

import atexit
import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from grading import course as courses
from grading.execution import files
from grading.execution.cells import role
from grading.submissions import STAMP

WHOLE_NOTEBOOK = 15  # times what one cell may take
NOT_SHUT_IN = "it ran without a sandbox"
_shared = ""  # the address of the factory that this worker shares with others


def packed(notebook: NotebookNode) -> str:
    """A notebook as plain JSON: nbformat would indent it, and check it each time that it is read, which takes long."""
    return json.dumps(notebook)


def unpacked(text: str) -> NotebookNode:
    """The notebook that was packed, or a saved one as it is: sources and outputs may then be lists of lines."""
    return nbformat.from_dict(json.loads(text))


@dataclass(frozen=True)
class Job:
    """A rebuilt notebook, the files beside it, and the course's own files that the grader works with.

    Raises
    ------
    ValueError
        From `make`, if the files of a submission are too large.
    """

    notebook: str
    files: dict[str, bytes]
    course_files: dict[str, bytes]
    uses: tuple[str, ...]
    cell_seconds: int
    shut_in: bool

    @classmethod
    def make(cls, notebook: NotebookNode, submitted: Path, source: Path, uses, cell_seconds: int, shut_in: bool):
        """The job for a submission: the course's files take the place of files of the same name.

        When it was handed in makes no difference to a run, and may be corrected later.
        """
        course_files, theirs = files.beside(source), files.beside(submitted)
        theirs.pop(STAMP, None)
        both = files.without_those_that_meet(theirs, course_files) | course_files
        return cls(packed(notebook), both, course_files, tuple(uses), cell_seconds, shut_in)

    def digest(self) -> str:
        """Changes with everything that a result depends on, but not with the random ids of a student's own cells."""
        cells = json.loads(self.notebook)["cells"]
        cells = [(cell["cell_type"], cell["source"], cell["metadata"].get("nbgrader")) for cell in cells]
        digest = hashlib.sha256(
            json.dumps([cells, self.cell_seconds, self.shut_in, grader_version()], sort_keys=True).encode()
        )
        for name, content in sorted(self.files.items()):
            digest.update(os.fsencode(name) + b"\0" + content)
        return digest.hexdigest()


@dataclass(frozen=True)
class Result:
    """The notebook with outputs and verdicts, what a person should know of, what it took, and whether it was shut in."""

    digest: str
    notebook: str
    remarks: list[str]
    seconds: float
    memory_mb: int
    shut_in: bool

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = path.with_suffix(f".{os.getpid()}")
        scratch.write_text(json.dumps(asdict(self)), encoding="utf-8")
        scratch.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Result | None":
        """The saved result, or None where there is none that can be read."""
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None


def result_path(student: str, exercise_id: str) -> Path:
    """Where the result of a submission is kept until nbgrader takes it."""
    return courses.workspace() / "executed" / exercise_id / f"{student}.json"


def run(job: Job) -> Result:
    """Run a job in this process; kernels and graders come from a factory that stays warm for the next job.

    Where a kernel ended and nothing here had ended it, or did not start, the job is run once more, and that counts: a
    system short of memory, or a person, may have ended it. One that ends itself does so again. What had been judged by
    then stays: nobody gets a second chance by an end of his own.
    """
    start = time.perf_counter()
    judged: list[NotebookNode] = []
    try:
        execution = _run_once(job, until_disturbed=True)
        again = execution.disturbed_at is not None
        judged = execution.notebook.cells[: execution.disturbed_at]
    except RuntimeError:  # of the factory, or of Jupyter
        again = True
    if again:
        execution = _run_once(job)
        for cell, earlier in zip(execution.notebook.cells, judged):
            if role(cell) == "test":
                cell.outputs, cell.execution_count = earlier.outputs, earlier.execution_count
    seconds = round(time.perf_counter() - start, 2)
    remarks = execution.remarks + ([] if job.shut_in else [NOT_SHUT_IN])
    finished, memory_mb = packed(execution.notebook), round(execution.kernels.peak_memory_mb)
    return Result(job.digest(), finished, remarks, seconds, memory_mb, job.shut_in)


def _run_once(job: Job, until_disturbed: bool = False):
    """The finished `grading.execution.run.Execution`."""
    from grading.execution.compiled import compiled
    from grading.execution.run import Execution, run_to_its_end

    notebook = unpacked(job.notebook)
    with tempfile.TemporaryDirectory(prefix="submission-") as name:
        folder, course_folder = Path(name, "student"), Path(name, "course")
        beside = compiled(job.course_files)
        files.write(job.files | beside, folder)
        files.write(job.course_files | beside, course_folder)
        seconds = (job.cell_seconds, WHOLE_NOTEBOOK * job.cell_seconds)
        given = (notebook, folder, course_folder, _factory(job.uses, job.shut_in), *seconds)
        execution = Execution(*given, until_disturbed=until_disturbed)
        run_to_its_end(execution)
        return execution


def begin(parent: int, shared: str = "", leave: Callable[[], None] | None = None) -> None:
    """What a worker does first: end with the process that started it, and take its warm parent from a shared one.

    `leave` closes what a fork has of the shared one: it lives as long as that is open.
    """
    global _shared
    _shared = shared
    if leave:
        leave()
    if sys.platform.startswith("linux"):
        from grading.execution.process import end_with_parent

        end_with_parent(parent)


def warm_up(uses: tuple[str, ...], shut_in: bool, course_files: dict[str, bytes]) -> None:
    """Get this process ready for jobs before there are any: the warm parent, imports, mechanisms."""
    _factory(uses, shut_in).warm_up()
    from grading.execution import run  # noqa: F401
    from grading.execution.compiled import compiled

    compiled(course_files)


@cache
def _factory(uses: tuple[str, ...], shut_in: bool):
    from grading.execution.cold import ColdFactory
    from grading.execution.warm import Factory

    factory = Factory(uses, shut_in, shared=_shared) if sys.platform.startswith("linux") else ColdFactory(uses)
    atexit.register(factory.close)
    return factory


@cache
def grader_version() -> str:
    """Changes when the code that runs submissions changes."""
    here = Path(__file__).resolve().parent
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(here.glob("*.py")))).hexdigest()[:16]
