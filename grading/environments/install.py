#!/usr/bin/env python3
"""Install a package set of the course: `python3 grading/environments/install.py [SET]`.

Without SET: what `make` needs, into .venv. The other sets go to .venvs/SET. A second run finds all in place and takes
a moment; an interrupted run is done anew. Needs nothing but Python 3.8 or later; uses uv where it is there.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
STAMP = "course-package-set.json"

PackageSet = namedtuple("PackageSet", "folder pythons grading")
SETS = {
    "ebrains-25.02": PackageSet(".venv", ["3.11"], True),
    "ebrains-24.04": PackageSet(".venvs/ebrains-24.04", ["3.8"], False),
    "newest": PackageSet(".venvs/newest", ["3.13", "3.12"], True),
}
DEFAULT, SUBSTITUTE = "ebrains-25.02", "newest"


class Problem(Exception):
    """Something that the person at the keyboard has to know, in words."""


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Install a package set of the course.")
    parser.add_argument("set", nargs="?", default=DEFAULT, choices=SETS, help=f"by default {DEFAULT}")
    parser.add_argument("--optional", action="store_true", help="no error where the set's Python is missing")
    options = parser.parse_args(arguments)
    try:
        return install(options.set, options.optional)
    except Problem as problem:
        print(f"\n{problem}", file=sys.stderr)
    except subprocess.CalledProcessError as error:
        print("\nThe installation stopped, since this command failed (what it says stands above):", file=sys.stderr)
        print(" ", *error.cmd, "\nRun the same again when that is mended: it starts anew.", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nInterrupted. The next run starts anew.", file=sys.stderr)
        return 130
    return 1


def install(name, optional=False):
    """Make the set's folder hold what its lock file says."""
    if os.name == "nt":
        raise Problem("NEURON and NEST do not run on Windows itself. Use WSL2 (the Linux inside Windows), or EBRAINS.")
    folder = ROOT / SETS[name].folder
    stamp = read_stamp(folder)
    if stamp == wanted_stamp(stamp.get("set"), folder) and (folder / "bin/python").exists():
        if stamp["set"] != name:
            print(f"{folder.name} holds the set {stamp['set']}, since Python {SETS[name].pythons[0]} was missing.")
        return 0
    with only_one():
        return _install(name, folder, optional)


def _install(name, folder, optional):
    python, lock = find_python(SETS[name].pythons), name
    if not python and name == DEFAULT:
        python, lock = find_python(SETS[SUBSTITUTE].pythons), SUBSTITUTE
        if python:
            say(
                f"Python {SETS[name].pythons[0]}, which the EBRAINS kernel has, was not found on this machine:",
                f"installing the set {lock} in its place. All works; versions differ from EBRAINS.",
                "To have the same, `uv python install 3.11` or use pyenv,",
                f"then remove {SETS[name].folder} and run this again.",
            )
    if not python:
        needs = " or ".join(SETS[name].pythons + (SETS[SUBSTITUTE].pythons if name == DEFAULT else []))
        message = f"The set {name} needs Python {needs}, and none was found that starts."
        if optional:
            say(message, "Left out: the tests with this set will be skipped.")
            return 0
        raise Problem(
            f"{message} Install one, for example with `uv python install {SETS[name].pythons[0]}` or from your "
            "system's packages. Or use conda: `conda env create -f environment.yml`."
        )
    missing = missing_tools()
    if missing:
        say(
            f"Missing on this machine: {', '.join(missing)}. Notebooks that compile mechanisms will not run.",
            f"On Debian or Ubuntu: sudo apt install {' '.join(missing)}. On macOS: xcode-select --install",
        )

    stamp = wanted_stamp(lock, folder)
    old = read_stamp(folder)
    target = folder / "bin/python"
    if old.get("packages") != stamp["packages"] or old.get("folder") != stamp["folder"] or not target.exists():
        make_folder(folder)
        count = sum(not line.startswith("#") for line in lock_file(lock).read_text().splitlines())
        say(
            f"Installing {count} packages of the set {lock} into {SETS[name].folder} ({version_of(python)}).",
            "This happens once and takes 20 seconds to 5 minutes; most of it is downloading.",
        )
        install_packages(python, target, lock_file(lock))
    if SETS[name].grading:
        install_project(target)
    register_kernel(target)
    (folder / STAMP).write_text(json.dumps(stamp))
    say(f"Ready: {SETS[name].folder}")
    return 0


# What is wanted, and what is there


def lock_file(name):
    return HERE / f"{name}.lock"


def wanted_stamp(name, folder):
    """What the stamp of a finished installation of this set says."""
    if name not in SETS:
        return None
    kernel = kernel_name() + (ROOT / "pyproject.toml").read_text() * SETS[name].grading
    return {
        "set": name,
        "folder": str(folder),  # a copied or moved folder does not work: its programs name the old place
        "packages": hashlib.sha256(lock_file(name).read_bytes()).hexdigest(),
        "project": hashlib.sha256(kernel.encode()).hexdigest(),
    }


def read_stamp(folder):
    try:
        return json.loads((folder / STAMP).read_text())
    except (OSError, ValueError):
        return {}


def kernel_name():
    """The kernel that the notebooks ask for, from course.toml (Python 3.8 cannot read TOML)."""
    return re.search(r'^kernel\s*=\s*"([^"]+)"', (ROOT / "course.toml").read_text(), re.MULTILINE).group(1)


def find_python(versions):
    """The first Python of these versions that starts, or None."""
    for version in versions:
        for candidate in candidates(version):
            if candidate and version_of(candidate).startswith(f"Python {version}."):
                return candidate
    return None


def candidates(version):
    """Where a Python of this version may be. Not all that is found starts: pyenv leaves names that only complain."""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        for name in (f"python{version}", "python3", "python"):
            if folder and os.access(os.path.join(folder, name), os.X_OK):
                yield os.path.join(folder, name)
    yield sys.executable
    if shutil.which("uv"):
        yield run_quietly("uv", "python", "find", "--no-project", "--system", version)
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for path in sorted(pyenv.glob(f"versions/{version}.*/bin/python"), reverse=True):
        yield str(path)


def version_of(python):
    """'Python 3.11.7', or '' for what does not start."""
    return run_quietly(python, "-c", "import platform; print('Python', platform.python_version())")


def run_quietly(*command):
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode(errors="replace").strip() if done.returncode == 0 else ""


def missing_tools():
    """What else the course needs from the system."""
    missing = [] if any(map(shutil.which, ("c++", "g++", "clang++"))) else ["g++"]
    return missing + [tool for tool in ("make", "perl") if not shutil.which(tool)]


# Doing it


def make_folder(folder):
    """An empty folder with a stamp that says: begun, not finished."""
    if folder.exists() and not (folder / STAMP).exists() and any(folder.iterdir()):
        raise Problem(f"{folder} was not made by this script. Rename or remove it, then run this again.")
    if folder.exists():
        say(f"Removing the old {folder.relative_to(ROOT)} ...")
        (folder / STAMP).write_text("{}")
        for path in folder.iterdir():
            if path.name == STAMP:
                continue
            shutil.rmtree(str(path)) if path.is_dir() and not path.is_symlink() else path.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / STAMP).write_text("{}")


def install_packages(python, target, lock):
    """A virtual environment with what the lock file lists, all bytecode compiled (imports are 2 to 3 times faster)."""
    folder = str(target.parent.parent)
    if shutil.which("uv"):
        run("uv", "venv", "--quiet", "--no-project", "--allow-existing", "--python", python, folder)
        run("uv", "pip", "install", "--python", target, "--no-deps", "--compile-bytecode", "--requirements", lock)
        return
    if not run_quietly(python, "-c", "import venv, ensurepip; print('there')"):
        version = version_of(python).split()[1].rpartition(".")[0]
        raise Problem(
            f"{python} cannot make virtual environments. "
            f"On Debian or Ubuntu: sudo apt install python{version}-venv. Or install uv."
        )
    run(python, "-m", "venv", folder)
    run(target, "-m", "pip", "--disable-pip-version-check", "install", "--no-deps", "--compile", "--requirement", lock)


def install_project(python):
    """The package `grading`, editable, so that its entry points are known and changes take effect at once."""
    flags = ("--quiet", "--no-deps", "--no-build-isolation", "--editable")
    if shutil.which("uv"):
        run("uv", "pip", "install", "--python", python, *flags, ROOT)
    else:
        run(python, "-m", "pip", "--disable-pip-version-check", "install", *flags, ROOT)


def register_kernel(python):
    """Give the kernel the name that the notebooks ask for, and keep NEURON from looking for a screen."""
    name = kernel_name()
    names = ("--name", name, "--display-name", name.upper())
    run(python, "-m", "ipykernel", "install", "--sys-prefix", *names, quiet=True)
    file = python.parent.parent / "share/jupyter/kernels" / name / "kernel.json"
    spec = json.loads(file.read_text())
    spec["env"] = {"NEURON_MODULE_OPTIONS": "-nogui"}
    file.write_text(json.dumps(spec, indent=1))


def run(*command, quiet=False):
    """Run a command; its output is the progress that people see."""
    unwanted = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")
    subprocess.run(
        [str(word) for word in command],
        check=True,
        cwd=str(ROOT),
        env={key: value for key, value in os.environ.items() if key not in unwanted},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if quiet else None,
    )


def say(*sentences):
    print(*sentences, flush=True)


class only_one:
    """Let one installation at a time work in this copy of the course."""

    def __enter__(self):
        import fcntl

        (ROOT / ".venvs").mkdir(exist_ok=True)
        self.file = open(str(ROOT / ".venvs/.installing"), "w")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("Another installation is under way: waiting for it.", flush=True)
            fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *_):
        self.file.close()


if __name__ == "__main__":
    sys.exit(main())
