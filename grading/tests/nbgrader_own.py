"""A pytest plugin: nbgrader's own tests, under the steps of the course's configuration (see test_nbgrader_own.py)."""

import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbgrader.converters import base as converters
from nbgrader.coursedir import CourseDirectory
from traitlets.config import PyFileConfigLoader

from grading import course as courses
from grading import staging, submissions
from grading.build import notebook
from grading.course import Unit

DUE = datetime(2015, 2, 2, 22, 58, 23, 948203, UTC)  # as these tests have it, in course.toml's place
PS1 = Unit("ps1", "exercise", "nbgrader's own", minutes=1, automatic=1, due=DUE)
STUB = "# YOUR CODE HERE\nraise NotImplementedError()"  # nbgrader's own, which its notebooks have
CONFIGURATION = PyFileConfigLoader("nbgrader_config.py", path=str(courses.ROOT / "grading")).load_config()
COURSE = dataclasses.replace(courses.load(), units=(PS1,), cell_seconds=10)
assert converters.find_all_files is staging.regular_files, "nbgrader_config.py puts it there"
assert CourseDirectory.get_existing_timestamp is submissions.existing_timestamp


@pytest.fixture(autouse=True)
def our_configuration(request, monkeypatch):
    """Add our steps to the configuration that each of nbgrader's tests writes for itself."""
    root, here = Path(request.getfixturevalue("course_dir")), Path(request.getfixturevalue("temp_cwd"))
    monkeypatch.setattr(courses, "ROOT", root)
    monkeypatch.setattr(courses, "load", lambda: COURSE)
    monkeypatch.setenv(courses.WORKSPACE_VARIABLE, str(root))
    monkeypatch.setattr(notebook, "CODE_STUB", STUB)
    monkeypatch.setattr(notebook, "TEXT_STUB", "YOUR ANSWER HERE")
    (root / "grading").mkdir()
    (root / "grading/source").symlink_to("../source")
    steps = ("sanitize_preprocessors", "autograde_preprocessors")
    lines = [f"c.Autograde.{name} = {list(CONFIGURATION.Autograde[name])!r}" for name in steps]
    lines.append(f"c.AssignLatePenalties.plugin_class = {CONFIGURATION.AssignLatePenalties.plugin_class!r}")
    with (here / "nbgrader_config.py").open("a") as stream:
        stream.write("\n".join(["", *lines, ""]))
