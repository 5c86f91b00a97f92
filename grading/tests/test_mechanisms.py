"""mechanisms.py, with every package set: each test starts processes of its own, since NEURON cannot forget a mechanism."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from grading import kernels
from grading.course import ROOT

LEAK = (ROOT / "lectures/mod/course_leak.mod").read_text()
LOAD = "import mechanisms; print(mechanisms.load('mod'))"
LOADED = "['course_leak']"
COMPILING = "Compiling 1 mechanism (a few seconds, once) ..."


def other_set(name):
    missing = kernels.python_of(name) is None
    skip = pytest.mark.skipif(missing, reason=f"the package set {name} is not installed (make test-all installs it)")
    return pytest.param(kernels.python_of(name), marks=[pytest.mark.sets, skip], id=name)


@pytest.fixture(params=[pytest.param(sys.executable, id="this"), other_set("ebrains-24.04"), other_set("newest")])
def python(request):
    return str(request.param)


@pytest.fixture
def folder(tmp_path):
    """A notebook's folder with one mechanism; blanks and letters beyond ASCII in its name."""
    folder = tmp_path / "my course, π"
    (folder / "mod").mkdir(parents=True)
    (folder / "mod/course_leak.mod").write_text(LEAK)
    shutil.copy(ROOT / "grading/student/mechanisms.py", folder)
    return folder


def start(python, folder, code, **changes):
    environment = {key: value for key, value in os.environ.items() if key not in ("CC", "CXX")}
    environment.update(NEURON_MODULE_OPTIONS="-nogui", PYTHONWARNINGS="error::UserWarning:__main__", **changes)
    return subprocess.Popen(
        [python, "-c", code],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def run(python, folder, code, **changes):
    """What a process prints; it has to end well, and so cannot have been ended by NEURON."""
    process = start(python, folder, code + "\nprint('end')", **changes)
    output = process.communicate(timeout=120)[0]
    assert process.returncode == 0, output
    assert output.endswith("end\n"), output
    return output[: -len("end\n")].splitlines()


def message_of(python, folder, exception="RuntimeError", before="", **changes):
    """What `load` says when it fails with this exception."""
    code = (
        f"import mechanisms\n{before}\ntry:\n    mechanisms.load('mod')\nexcept {exception} as error:\n    print(error)"
    )
    output = run(python, folder, code, **changes)
    assert output, "load did not fail"
    return "\n".join(output)


def kept(folder):
    return sorted(path.name for path in (folder / ".mechanisms").iterdir())


def test_compiles_once_and_follows_ohms_law(python, folder):
    simulate = """
from neuron import h
h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("course_leak")
clamp = h.IClamp(soma(0.5))
clamp.dur, clamp.amp = 1e9, 0.0125
h.finitialize(-65)
h.continuerun(200)
print(repr(soma(0.5).v))
"""
    *lines, potential = run(python, folder, LOAD + "\n" + LOAD + simulate)
    assert lines == [COMPILING, LOADED, LOADED]
    # e + I R with g = 1e-4 S/cm² on π (20 µm)²; after 20 time constants 2e-9 of the difference is left
    assert float(potential) == pytest.approx(-65 + 0.0125 / (1e-4 * 3.14159265358979 * 20**2 * 1e-2), abs=1e-6)
    assert run(python, folder, LOAD) == [LOADED]
    assert len(kept(folder)) == 1


def test_two_notebooks_in_one_process(python, folder, tmp_path):
    other = shutil.copytree(folder, tmp_path / "other")
    code = f"{LOAD}\nimport os\nos.chdir({str(other)!r})\n{LOAD}"
    assert run(python, folder, code) == [COMPILING, LOADED, LOADED]


def test_what_neuron_loaded_by_itself_is_not_loaded_again(python, folder):
    beside = shutil.which("nrnivmodl", path=os.path.dirname(python))
    work = folder.parent / "plain"  # nrnivmodl cannot work in a folder with blanks in its name
    shutil.copytree(folder, work)
    subprocess.run([python, beside, "mod"], cwd=work, check=True, capture_output=True)
    assert run(python, work, LOAD) == [LOADED]
    assert not (work / ".mechanisms").exists()
    (work / "mod/course_leak.mod").write_text(LEAK.replace("g*(v - e)", "2*g*(v - e)"))
    assert "delete that folder" in message_of(python, work)


def test_a_change_asks_for_a_restart(python, folder):
    change = "import pathlib; file = pathlib.Path('mod/course_leak.mod'); text = file.read_text()\n"
    comment = change + "file.write_text(text + '\\n: a remark\\n')"
    assert run(python, folder, f"{LOAD}\n{comment}\n{LOAD}") == [COMPILING, LOADED, LOADED]
    current = "mechanisms.load('mod')\n" + change + "file.write_text(text.replace('g*(v - e)', '2*g*(v - e)'))"
    assert "Restart the kernel" in message_of(python, folder, before=current)
    assert run(python, folder, LOAD) == [COMPILING, LOADED]


def test_a_file_more_needs_no_restart(python, folder):
    second = LEAK.replace("SUFFIX course_leak", "SUFFIX other_leak").replace("the current", "the µA current ±")
    code = f"{LOAD}\nopen('mod/other.mod', 'w', encoding='utf-8').write({second!r})\n{LOAD}\n{LOAD}"
    both = "['course_leak', 'other_leak']"
    assert run(python, folder, code) == [COMPILING, LOADED, COMPILING, both, both]
    assert run(python, folder, LOAD) == ["Compiling 2 mechanisms (a few seconds, once) ...", both]


def test_folders_that_share_a_mechanism(python, folder):
    """Two exercises with a mechanism in common, one after the other in one kernel, in either order."""
    for unit, names in {"first": ("shared_leak", "a_leak"), "second": ("shared_leak", "z_leak")}.items():
        (folder / unit).mkdir()
        for name in names:
            (folder / unit / f"{name}.mod").write_text(LEAK.replace("SUFFIX course_leak", f"SUFFIX {name}"))
    load = "import mechanisms; print(mechanisms.load({!r}))".format
    inserted = """
from neuron import h
soma = h.Section(name="soma")
print([bool(soma.insert(name)) for name in ("a_leak", "shared_leak", "z_leak")])
"""
    first, second = "['a_leak', 'shared_leak']", "['shared_leak', 'z_leak']"
    two = "Compiling 2 mechanisms (a few seconds, once) ..."
    both = f"{load('first')}\n{load('second')}\n{load('first')}{inserted}"
    assert run(python, folder, both) == [two, first, COMPILING, second, first, "[True, True, True]"]
    both = f"{load('second')}\n{load('first')}{inserted}"
    assert run(python, folder, both) == [two, second, COMPILING, first, "[True, True, True]"]
    assert run(python, folder, both) == [second, first, "[True, True, True]"]


def test_what_a_mechanism_includes_counts_too(python, folder):
    without = LEAK.replace("e = -65 (mV)", "")
    (folder / "mod/course_leak.mod").write_text(without + 'INCLUDE "reversal.inc"\n')
    for potential in (-65, -70):
        (folder / "mod/reversal.inc").write_text(f"PARAMETER {{ e = {potential} (mV) }}\n")
        insert = (
            "from neuron import h; soma = h.Section(name='soma'); soma.insert('course_leak'); print(soma.e_course_leak)"
        )
        assert run(python, folder, f"{LOAD}\n{insert}") == [COMPILING, LOADED, f"{potential}.0"]


def test_another_compiler_than_the_one_that_built_python(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(ROOT / "grading/student")
    import mechanisms

    (tmp_path / "clang++").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("CC", "CXX"):
        monkeypatch.delenv(name, raising=False)
    environment = mechanisms._environment()
    assert environment["CXX"] == str(tmp_path / "clang++") and environment["CC"] == str(tmp_path / "clang")


@pytest.mark.parametrize(
    "right, wrong, noticed_after, words",
    [
        ("i = g*(v - e)", "i = g*(v - e", 1, "syntax error"),
        ("(milliamp)", "(milliamper)", 0, "amper"),
        ("i = g*(v - e)", "i = g*(v - q)", 0, "q"),
    ],
    ids=["syntax", "unit", "undeclared"],
)
def test_an_error_names_file_and_line(python, folder, right, wrong, noticed_after, words):
    (folder / "mod/course_leak.mod").write_text(LEAK.replace(right, wrong))
    message = message_of(python, folder)
    line = LEAK[: LEAK.index(right)].count("\n") + 1 + noticed_after
    assert f"does not compile (course_leak.mod, line {line})" in message
    assert words in message.partition("nrnivmodl says")[2]
    assert "Traceback" not in message and len(message.splitlines()) < 15
    assert kept(folder) == []


def test_no_mechanisms(python, folder):
    (folder / "mod/course_leak.mod").unlink()
    assert "no .mod file" in message_of(python, folder, "FileNotFoundError")
    (folder / "mod").rmdir()
    assert "copy the whole folder" in message_of(python, folder, "FileNotFoundError")


@pytest.mark.parametrize("lacks", ["a C++ compiler", "make", "perl"])
def test_what_is_lacking_is_named(python, folder, tmp_path, lacks):
    programs = "bash env dirname basename mkdir rm uname ls cat sed grep cc gcc g++ c++ make perl ld as".split()
    unwanted = {"a C++ compiler": ("cc", "gcc", "g++", "c++")}.get(lacks, (lacks,))
    (tmp_path / "bin").mkdir()
    for program in programs:
        if program not in unwanted and shutil.which(program):
            (tmp_path / "bin" / program).symlink_to(shutil.which(program))
    message = message_of(python, folder, PATH=str(tmp_path / "bin"))
    assert f"cannot be compiled here: {lacks} was not found" in message
    assert kept(folder) == []


def test_names_that_are_taken(python, folder):
    (folder / "mod/course_leak.mod").write_text(LEAK.replace("SUFFIX course_leak", "SUFFIX hh"))
    assert "a mechanism of NEURON's own" in message_of(python, folder)
    (folder / "mod/course_leak.mod").write_text(LEAK.replace("SUFFIX course_leak", "SUFFIX secname"))
    assert "already uses the name" in message_of(python, folder)
    for name in ("one", "two"):
        (folder / f"mod/{name}.mod").write_text(LEAK)
    (folder / "mod/course_leak.mod").unlink()
    assert "one.mod and two.mod both define 'course_leak'" in message_of(python, folder)


def test_many_at_once(python, folder):
    processes = [start(python, folder, LOAD) for _ in range(3)]
    outputs = [process.communicate(timeout=120)[0] for process in processes]
    assert all(output.splitlines()[-1] == LOADED for output in outputs), outputs
    assert len(kept(folder)) == 1


def test_a_killed_compilation_leaves_nothing_half_done(python, folder):
    process = start(python, folder, LOAD)
    deadline = time.monotonic() + 60
    while not (folder / ".mechanisms").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    assert LOADED not in process.communicate()[0]
    assert all(name.startswith(".new-") for name in kept(folder))
    assert run(python, folder, LOAD) == [COMPILING, LOADED]


def test_a_folder_that_cannot_be_written(python, folder, tmp_path):
    (folder / ".mechanisms").write_text("in the way")
    (tmp_path / "tmp").mkdir()
    assert run(python, folder, LOAD, TMPDIR=str(tmp_path / "tmp")) == [COMPILING, LOADED]
    assert list((tmp_path / "tmp").iterdir()) == []


def test_what_does_not_load_is_said(python, folder):
    run(python, folder, LOAD)
    for library in (folder / ".mechanisms").glob("*/**/libnrnmech.*"):
        library.unlink()
    assert "did not load course_leak" in message_of(python, folder)
