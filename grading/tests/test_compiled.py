"""The course's mechanisms: compiled once, found by each submission, and no submission can spoil another's."""

import shutil
import subprocess
import sys

import nbformat
import pytest

from grading import course as courses
from grading.execution import compiled, job
from grading.execution.job import Job
from grading.tests.engine import STUDENT_FILES, needs_sandbox, notebook, problem
from grading.tests.test_sandbox import MOD

pytestmark = pytest.mark.skipif(not shutil.which("g++"), reason="mechanisms need a compiler")
pytest.importorskip("neuron")


@pytest.fixture
def cache(monkeypatch, tmp_path):
    """A course that has compiled nothing yet; `compilations` are those that were started."""
    monkeypatch.setattr(courses, "ROOT", tmp_path)
    compilations, run = [], subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *args, **kwargs: compilations.append(args) or run(*args, **kwargs))
    compiled._compiled.cache_clear()
    yield compilations
    compiled._compiled.cache_clear()


def files(mod=MOD, **more):
    return {"mod/leaky.mod": mod.encode(), **more}


def test_the_same_content_is_compiled_once(cache):
    first = compiled.compiled(files())
    assert {name.rpartition("/")[2] for name in first} == {"libnrnmech.so"} and first == compiled.compiled(files())
    assert len(cache) == 1
    compiled._compiled.cache_clear()  # another process
    assert compiled.compiled(files()) == first and len(cache) == 1
    other = compiled.compiled(files(MOD.replace("-70", "-60")))
    assert set(other) != set(first) and len(cache) == 2
    compiled.compiled(files(**{"mod/extra.inc": b": more"}))
    assert len(cache) == 3


def test_nothing_to_compile_is_no_trouble(cache):
    assert compiled.compiled({"notes.txt": b"", "mod/notes.txt": b""}) == {} and cache == []


def test_bytecode_is_what_python_would_make_and_it_is_taken(tmp_path):
    """The pair of a source and the bytecode of another one shows which of them counts."""
    made = compiled.compiled({"late.py": b"value = 'bytecode'\n", "broken.py": b"def"})
    (tmp_path / "late.py").write_text("value = 'source'\n")
    for name, content in made.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    command = [sys.executable, "-c", "import late; print(late.value, late.__cached__)"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["bytecode", str(tmp_path / next(iter(made)))] and len(made) == 1


def test_what_does_not_compile_leaves_it_to_the_notebook(cache):
    assert compiled.compiled(files("NEURON { SUFFIX leaky")) == {}


def test_a_place_that_cannot_be_written_is_no_trouble(cache, tmp_path):
    (tmp_path / ".cache").write_text("a file in the way")
    assert compiled.compiled(files())


LOOK = """
import hashlib, pathlib
print([hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(pathlib.Path(".mechanisms").rglob("*.so"))])
"""
SPOIL = (
    LOOK
    + """
for path in pathlib.Path(".mechanisms").rglob("*.so"):
    path.write_bytes(b"spoiled")
"""
)


def run(*cells, submitted=None):
    course = files(**{name: (STUDENT_FILES / name).read_bytes() for name in ("mechanisms.py",)})
    made = notebook([("setup", "x = 1"), *cells])
    done = job.run(Job(job.packed(made), {**(submitted or {}), **course}, course, ("neuron",), 60, not problem))
    printed = [
        output.get("text", output.get("evalue", "")) for c in job.unpacked(done.notebook).cells for output in c.outputs
    ]
    return printed


@needs_sandbox
def test_a_submission_finds_them_and_cannot_spoil_the_next_ones(monkeypatch, tmp_path):
    monkeypatch.setattr(compiled, "_cache", lambda: tmp_path)
    compiled._compiled.cache_clear()
    use = "import mechanisms\nfrom neuron import h\nmechanisms.load('mod')\ns = h.Section()\ns.insert('leaky')\nprint(s(0.5).leaky.e)"
    assert run(("mine", use)) == ["-70.0\n"]  # and not "Compiling 1 mechanism"
    before, after, again = run(("mine", SPOIL)), run(("mine", LOOK)), run(("mine", use))
    assert before == after and len(before[0]) > 60 and again == ["-70.0\n"]
    compiled._compiled.cache_clear()


def test_what_is_handed_in_as_compiled_is_left_out(tmp_path):
    submitted, source = tmp_path / "submitted", tmp_path / "source"
    for folder in (submitted / ".mechanisms/0/x86_64", submitted / "x86_64", source):
        folder.mkdir(parents=True)
    (submitted / ".mechanisms/0/x86_64/libnrnmech.so").write_text("mine")
    (submitted / "x86_64/libnrnmech.so").write_text("mine")
    (submitted / "kept.txt").write_text("kept")
    assert set(Job.make(nbformat.v4.new_notebook(), submitted, source, (), 10, True).files) == {"kept.txt"}
    shutil.rmtree(submitted / ".mechanisms")
    (submitted / ".mechanisms").write_text("a file in the way")
    assert set(Job.make(nbformat.v4.new_notebook(), submitted, source, (), 10, True).files) == {"kept.txt"}
