"""Write the lock files of all package sets: `make lock`. Needs uv and the network.

The set of EBRAINS-25.02 follows from environment.yml, where conda's names and pins stand; the two other sets from
their .in file. The tools for grading and for tests come from pyproject.toml.
"""

import re
import subprocess
import sys
from pathlib import Path

import yaml
from packaging.requirements import Requirement

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SETS = {  # the oldest and the newest Python of each
    "ebrains-24.04": ("3.8.0", "3.8.99"),
    "ebrains-25.02": ("3.11.0", "3.11.99"),
    "newest": ("3.12.0", "3.13.99"),
}
TOOLS = ["pyproject.toml", "--extra", "grading", "--extra", "cluster", "--extra", "test"]

WHEELS = {"matplotlib-base": "matplotlib"}  # conda's name: the name of the wheel
EXCEPTIONS = {  # conda's name: what stands in for it (None: nothing does), and why
    "python": (None, "whichever 3.11 the machine has"),
    "nest-simulator": ("nest-simulator==3.10.0", "the only release that has wheels"),
    "cxx-compiler": (None, "from the system"),
    "make": (None, "from the system"),
}


def environment_requirements() -> list[str]:
    """environment.yml as pip would write it."""
    requirements = []
    for line in yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]:
        name, pin = re.fullmatch(r"([\w.-]+)(.*)", line).groups()
        if name in EXCEPTIONS:
            requirements.append(EXCEPTIONS[name][0])
        else:
            requirements.append(WHEELS.get(name, name) + re.sub(r"^=", "==", pin))
    return [requirement for requirement in requirements if requirement]


def relevant(line: str, pythons: tuple[str, str]) -> str | None:
    """A line of uv's answer without what cannot apply: other Pythons, other systems than Linux and macOS."""
    requirement = Requirement(line)
    if not requirement.marker:
        return line
    holds = [
        requirement.marker.evaluate(
            {
                "python_version": python.rpartition(".")[0],
                "python_full_version": python,
                "sys_platform": system,
                "os_name": "posix",
                "implementation_name": "cpython",
                "platform_python_implementation": "CPython",
            }
        )
        for python in pythons
        for system in ("linux", "darwin")
    ]
    return line.partition(" ;")[0] if all(holds) else line if any(holds) else None


def lock(name: str, pythons: tuple[str, str]) -> None:
    """Resolve one set and write its lock file."""
    if name == "ebrains-25.02":
        source, wanted = "environment.yml and pyproject.toml", environment_requirements()
    else:
        source, wanted = f"{name}.in", (HERE / f"{name}.in").read_text().splitlines()
    tools = [] if name == "ebrains-24.04" else TOOLS
    command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", pythons[0], "--upgrade"]
    command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "-", *tools]
    try:
        done = subprocess.run(command, cwd=ROOT, input="\n".join(wanted), capture_output=True, text=True)
    except FileNotFoundError:
        sys.exit("make lock needs uv. Install it with: python3 -m pip install uv")
    if done.returncode:
        sys.exit(f"{name}: {done.stderr}")
    header = f"# Package set {name}: made from {source} by `make lock`. Do not edit.\n"
    lines = [line for line in (relevant(line, pythons) for line in done.stdout.splitlines()) if line]
    (HERE / f"{name}.lock").write_text(header + "\n".join(lines) + "\n")
    print(f"{name}.lock: {len(lines)} packages")


if __name__ == "__main__":
    for name, pythons in SETS.items():
        lock(name, pythons)
