"""The package sets agree with environment.yml, and the installer finds its way on other machines than this one."""

import importlib.util
import json
import os
import re
import subprocess
import sys
import sysconfig
from importlib import metadata
from pathlib import Path

import jupytext
import pytest
import yaml
from packaging.requirements import Requirement

from grading import kernels
from grading.course import ROOT

HERE = ROOT / "grading/environments"
INSTALLER = HERE / "install.py"


def module(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


install, lock = module(INSTALLER), module(HERE / "lock.py")


def locked(name):
    """The requirements of a lock file, by name; those that a marker allows on this machine."""
    lines = (HERE / f"{name}.lock").read_text().splitlines()
    requirements = [Requirement(line) for line in lines if not line.startswith("#")]
    python = {"python_version": "3.8", "python_full_version": "3.8.18"} if name == "ebrains-24.04" else {}
    return {item.name: item for item in requirements if not item.marker or item.marker.evaluate(python)}


def version(requirement):
    return str(requirement.specifier).removeprefix("==")


# Pins


def test_environment_yml_and_lock_agree():
    pins = locked("ebrains-25.02")
    for wanted in map(Requirement, lock.environment_requirements()):
        assert wanted.specifier.contains(version(pins[wanted.name])), wanted


def test_every_line_of_environment_yml_says_how_well_it_is_known():
    text = (ROOT / "environment.yml").read_text().partition("dependencies:")[2]
    lines = re.findall(r"^ +- .*", text, re.MULTILINE)
    assert len(lines) == len(yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"])
    assert [line for line in lines if not re.search(r"  # \[(evidenced|inferred)\] \S", line)] == []


def test_exceptions_are_what_they_are_said_to_be():
    names = {
        re.match(r"[\w-]+", line).group()
        for line in yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    }
    assert set(lock.EXCEPTIONS) <= names and set(lock.WHEELS) <= names
    for _, reason in lock.EXCEPTIONS.values():
        assert reason
    assert install.SETS["ebrains-25.02"].pythons == [
        re.search(r"python=(3\.\d+)", (ROOT / "environment.yml").read_text()).group(1)
    ]


@pytest.mark.parametrize("name", ["ebrains-24.04", "newest"])
def test_each_set_is_locked_as_its_in_file_asks(name):
    lines = [line.partition("#")[0].strip() for line in (HERE / f"{name}.in").read_text().splitlines()]
    for wanted in map(Requirement, filter(None, lines)):
        assert wanted.specifier.contains(version(locked(name)[wanted.name])), wanted


@pytest.mark.parametrize("name", ["ebrains-25.02", "newest"])
def test_the_tools_of_pyproject_are_locked(name):
    for line in metadata.requires("comp-neuro-grading"):
        wanted = Requirement(line)
        assert wanted.specifier.contains(version(locked(name)[wanted.name])), wanted


@pytest.mark.parametrize("name", install.SETS)
def test_a_lock_file_names_no_host_and_no_machine(name):
    header, *lines = (HERE / f"{name}.lock").read_text().splitlines()
    assert "make lock" in header
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; [\w\s.<>=!'()*]+)?", line)] == []
    assert len(lines) > 40


def test_what_is_installed_here_is_what_is_locked():
    stamp = Path(sys.prefix) / install.STAMP
    if not stamp.exists():
        pytest.skip("this environment was not made by grading/environments/install.py")
    pins = locked(json.loads(stamp.read_text())["set"])
    # The environment's own folder alone: setuptools, once imported, adds the copies that it brings along to sys.path.
    found = metadata.distributions(path=[sysconfig.get_path("purelib")])
    there = {re.sub(r"[-_.]+", "-", item.metadata["Name"]).lower(): item.version for item in found}
    assert {name: there.get(name) for name in pins} == {name: version(pin) for name, pin in pins.items()}
    assert set(there) - set(pins) <= {"comp-neuro-grading", "pip"}


@pytest.mark.sets
@pytest.mark.parametrize("name", ["ebrains-24.04", "newest"])
def test_what_is_installed_in_the_other_sets_is_what_is_locked(name):
    python = kernels.python_of(name)
    if not python:
        pytest.skip(f"the package set {name} is not installed (make test-all installs it)")
    code = "import json, importlib.metadata as m; print(json.dumps({d.metadata['Name']: d.version for d in m.distributions()}))"
    there = json.loads(subprocess.check_output([python, "-c", code]))
    there = {re.sub(r"[-_.]+", "-", key).lower(): value for key, value in there.items()}
    assert {key: there.get(key) for key in locked(name)} == {key: version(pin) for key, pin in locked(name).items()}


# The notebook that compares a kernel with environment.yml


@pytest.fixture
def lectures(tmp_path):
    """The folder lectures/ of a copy, with what the first notebook reads."""
    folder = tmp_path / "lectures"
    folder.mkdir()
    for path in ("environment.yml", "grading/student/mechanisms.py", "lectures/mod/course_leak.mod"):
        target = tmp_path / path.replace("grading/student", "lectures")
        target.parent.mkdir(exist_ok=True)
        target.write_bytes((ROOT / path).read_bytes())
    return folder


def run_notebook(folder, python=sys.executable, times=1):
    notebook = jupytext.read(ROOT / "lectures/text/00_about_this_kernel.py", fmt="py:percent")
    notebook.cells = [cell for cell in notebook.cells if "guard" not in cell.metadata.get("tags", [])]
    result = kernels.run(notebook, folder, Path(python), times=times)
    assert result.errors == {}
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return "".join(output.get("text", "") for output in outputs if output.get("name") == "stdout")


def package_set(name):
    return pytest.param(name, marks=[pytest.mark.sets] if name != "ebrains-25.02" else [], id=name)


@pytest.mark.parametrize("name", [package_set(name) for name in kernels.SETS])
def test_about_this_kernel_finds_each_set_ready(lectures, name):
    python = sys.executable if name == "ebrains-25.02" else kernels.python_of(name)
    if not python:
        pytest.skip(f"the package set {name} is not installed (make test-all installs it)")
    said = run_notebook(lectures, python, times=2)
    assert "This kernel is ready for the course." in said
    assert "simulated -55.0528 mV, by Ohm's law -55.0528 mV" in said
    pins = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    for pin in pins:
        package, wanted = re.fullmatch(r"([\w-]+)=?(.*)", pin).groups()
        assert not wanted or re.search(rf"^{package} +{re.escape(wanted)} ", said, re.MULTILINE), pin


def test_about_this_kernel_goes_on_without_anything(lectures, monkeypatch):
    (lectures.parent / "environment.yml").unlink()
    (lectures / "mod/course_leak.mod").unlink()
    monkeypatch.setenv("PATH", str(lectures))
    said = run_notebook(lectures)
    assert "environment.yml is not here" in said
    assert "none on PATH" in said
    assert "FileNotFoundError: There is no .mod file" in said
    assert "Before you go on:\n - NEURON:" in said


def test_about_this_kernel_without_the_packages(lectures):
    blocked = "numpy", "neuron", "nest"
    hide = f"""
import sys, importlib.metadata
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {blocked}:
            raise ModuleNotFoundError(f"No module named {{name!r}}")
sys.meta_path.insert(0, Hidden())
original = importlib.metadata.version
def version(name):
    if name in {blocked} + ("nest-simulator",):
        raise importlib.metadata.PackageNotFoundError(name)
    return original(name)
importlib.metadata.version = version
"""
    notebook = jupytext.read(ROOT / "lectures/text/00_about_this_kernel.py", fmt="py:percent")
    notebook.cells = [cell for cell in notebook.cells if "guard" not in cell.metadata.get("tags", [])]
    notebook.cells[1].source = hide + notebook.cells[1].source
    result = kernels.run(notebook, lectures, Path(sys.executable))
    assert result.errors == {}
    said = "".join(output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", []))
    assert re.search(r"^numpy .* missing: choose the kernel EBRAINS-25.02", said, re.MULTILINE)
    assert re.search(r"^nest-simulator .* missing; needed in units 10 to 12 only", said, re.MULTILINE)
    assert "Before you go on:\n - numpy: missing" in said and "nest-simulator: missing" not in said


def test_about_this_kernel_knows_the_oldest_set():
    text = (ROOT / "lectures/text/00_about_this_kernel.py").read_text()
    oldest = dict(re.findall(r'"([\w-]+)": "([\d.]+)"', text[text.index("OLDEST = {") :].partition("}")[0]))
    assert oldest.pop("python") == install.SETS["ebrains-24.04"].pythons[0]
    for package, wanted in oldest.items():
        pin = version(locked("ebrains-24.04")[lock.WHEELS.get(package, package)])
        assert pin == wanted or pin.startswith(wanted + "."), package


# The installer on other machines


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine of which only the programs in a folder are known: `program(name, what it prints)` adds one."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setattr(install.sys, "executable", "")

    def program(name, script, place=folder):
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(f"#!/bin/sh\n{script}\n")
        (place / name).chmod(0o755)
        return str(place / name)

    return program


def test_a_python_that_does_not_start_is_passed_over(machine, tmp_path):
    machine("python3.11", "echo 'pyenv: python3.11: command not found' >&2; exit 127")
    assert install.find_python(["3.11"]) is None
    real = machine("python", "echo Python 3.11.4", tmp_path / "pyenv/versions/3.11.4/bin")
    assert install.find_python(["3.11"]) == real
    better = machine("python3", "echo Python 3.11.9")
    assert install.find_python(["3.11"]) == better
    assert install.find_python(["3.13", "3.12"]) is None
    from_uv = machine("python", "echo Python 3.12.2", tmp_path / "elsewhere")
    machine("uv", f"test $5 = 3.12 && echo {from_uv}")
    assert install.find_python(["3.13", "3.12"]) == from_uv


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A copy of the course in which installing packages is only noted."""
    root = tmp_path / "course"
    (root / "grading/environments").mkdir(parents=True)
    for path in ["course.toml", "pyproject.toml", *(f"grading/environments/{name}.lock" for name in install.SETS)]:
        (root / path).write_bytes((ROOT / path).read_bytes())
    done = []

    def packages(python, target, lock):
        done.append(f"packages {lock.stem}")
        target.parent.mkdir(parents=True)
        target.write_text("")

    monkeypatch.setattr(install, "ROOT", root)
    monkeypatch.setattr(install, "HERE", root / "grading/environments")
    monkeypatch.setattr(install, "install_packages", packages)
    monkeypatch.setattr(install, "install_project", lambda python: done.append("project"))
    monkeypatch.setattr(install, "register_kernel", lambda python: done.append("kernel"))
    return root, done


def test_a_second_installation_does_nothing(copy):
    root, done = copy
    assert install.main([]) == 0
    assert done == ["packages ebrains-25.02", "project", "kernel"]
    done.clear()
    assert install.main([]) == 0
    assert done == []


def test_a_new_lock_file_installs_all_and_a_new_pyproject_only_the_project(copy):
    root, done = copy
    install.main([])
    done.clear()
    with open(root / "pyproject.toml", "a") as file:
        file.write("# changed\n")
    install.main([])
    assert done == ["project", "kernel"]
    done.clear()
    (root / ".venv/left_over").write_text("")
    with open(root / "grading/environments/ebrains-25.02.lock", "a") as file:
        file.write("one-more==1.0\n")
    install.main([])
    assert done == ["packages ebrains-25.02", "project", "kernel"]
    assert not (root / ".venv/left_over").exists()


def test_an_interrupted_installation_is_repeated(copy, monkeypatch, capsys):
    root, done = copy

    def interrupted(python):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(install, "install_project", interrupted)
        assert install.main([]) == 130
    assert "Interrupted" in capsys.readouterr().err
    done.clear()
    assert install.main([]) == 0
    assert done == ["packages ebrains-25.02", "project", "kernel"]


def test_a_moved_course_is_installed_anew(copy, monkeypatch):
    root, done = copy
    install.main([])
    moved = root.rename(root.parent / "moved")
    monkeypatch.setattr(install, "ROOT", moved)
    monkeypatch.setattr(install, "HERE", moved / "grading/environments")
    done.clear()
    install.main([])
    assert "packages ebrains-25.02" in done


def test_a_folder_of_somebody_else_is_left_alone(copy, capsys):
    root, done = copy
    (root / ".venv").mkdir()
    (root / ".venv/mine").write_text("")
    assert install.main([]) == 1
    assert "was not made by this script" in capsys.readouterr().err
    assert done == [] and (root / ".venv/mine").exists()


def test_without_python_3_11_the_newest_set_is_taken(copy, monkeypatch, capsys):
    root, done = copy
    monkeypatch.setattr(install, "find_python", lambda versions: "python3.13" if "3.13" in versions else None)
    assert install.main([]) == 0
    assert done == ["packages newest", "project", "kernel"]
    assert "Python 3.11, which the EBRAINS kernel has, was not found" in capsys.readouterr().out
    assert install.main([]) == 0
    assert "holds the set newest" in capsys.readouterr().out
    assert len(done) == 3


def test_without_any_python_it_says_so(copy, monkeypatch, capsys):
    root, done = copy
    monkeypatch.setattr(install, "find_python", lambda versions: None)
    assert install.main([]) == 1
    assert "needs Python 3.11 or 3.13 or 3.12, and none was found" in capsys.readouterr().err
    assert install.main(["ebrains-24.04", "--optional"]) == 0
    assert "will be skipped" in capsys.readouterr().out
    assert done == []


def test_what_the_system_lacks_is_said(machine):
    machine("make", "")
    assert install.missing_tools() == ["g++", "perl"]
    machine("clang++", "")
    machine("perl", "")
    assert install.missing_tools() == []


def test_a_python_without_venv_is_explained(machine, tmp_path):
    python = machine("python3", 'case "$2" in *ensurepip*) exit 1;; *) echo Python 3.11.4;; esac')
    with pytest.raises(install.Problem, match=r"sudo apt install python3\.11-venv"):
        install.install_packages(python, tmp_path / ".venv/bin/python", Path("unused.lock"))


def test_the_kernel_has_the_name_that_notebooks_ask_for():
    assert install.kernel_name() == "ebrains-25.02"
    file = Path(sys.prefix) / "share/jupyter/kernels" / install.kernel_name() / "kernel.json"
    spec = json.loads(file.read_text())
    assert spec["display_name"] == "EBRAINS-25.02"
    assert Path(spec["argv"][0]).parent == Path(sys.prefix) / "bin"


# Make


def make(*arguments):
    """What a person's `make` says, also where the tests themselves were started by make."""
    environment = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL")}
    done = subprocess.run(["make", *arguments], cwd=ROOT, capture_output=True, text=True, env=environment)
    return done.returncode, done.stdout, done.stderr


def test_make_says_what_it_can_do():
    code, said, _ = make()
    assert code == 0
    targets = re.search(r"^\.PHONY: (.*)", (ROOT / "Makefile").read_text(), re.MULTILINE).group(1).split()
    assert re.findall(r"^make ([\w-]+)", said, re.MULTILINE) == [target for target in targets if target != "help"]


@pytest.mark.parametrize("arguments", [[], ["EXERCISE=99_nothing"]])
def test_make_grade_asks_which_exercise(arguments):
    code, _, said = make("grade", *arguments)
    assert code != 0
    assert "  EXERCISE=04_cable_equation\n" in said
    assert [
        line for line in said.splitlines() if not line.startswith(("Which exercise?", "  EXERCISE=", "make:"))
    ] == []
