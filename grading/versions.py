"""Which versions of the course and its packages graded: stored with each result, shown in the report."""

import platform
import subprocess
from functools import cache
from importlib import metadata

from grading import course as courses

PACKAGES = ("numpy", "scipy", "matplotlib", "pandas", "neuron", "nest-simulator", "LFPy", "nbgrader")


@cache
def versions() -> dict[str, str]:
    """The course's version and commit, Python's version, and those of the packages that are installed."""
    found = {"course": f"{metadata.version('comp-neuro-grading')}, {commit()}", "Python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def commit() -> str:
    """The commit that is checked out, and whether files differ from it, in words."""
    command = ["git", "-C", str(courses.ROOT), "describe", "--always", "--dirty", "--abbrev=12"]
    try:
        asked = subprocess.run(command, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return "commit unknown"
    name = asked.stdout.strip()
    if asked.returncode or not name:
        return "commit unknown"
    return f"commit {name.removesuffix('-dirty')}" + (" with later changes" if name.endswith("-dirty") else "")
