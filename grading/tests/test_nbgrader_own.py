"""nbgrader's own tests of autograding, run under our configuration; each that does not apply, with the reason.

They come with nbgrader. `nbgrader_own.py` adds our steps to the configuration that each of them writes.
"""

import ast
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import nbgrader
import pytest

from grading import course as courses

FILE = Path(nbgrader.__file__).parent / "tests/apps/test_nbgrader_autograde.py"
DIFFERENT = {
    "test_grade_autotest": "the course writes its tests out: nothing is made from AUTOTEST lines",
    "test_grade_hashed_autotest": "the course writes its tests out: nothing is made from AUTOTEST lines",
    "test_grade_complex_autotest": "the course writes its tests out: nothing is made from AUTOTEST lines",
    "test_hidden_tests_autotest": "the course writes its tests out: nothing is made from AUTOTEST lines",
    "test_hidden_tests_single_notebook": "it deletes a student's function; tests here reach values alone",
    "test_grade_empty_timestamp": "a time that cannot be read stops no grading: `doctor` names it",
    "test_late_submission_penalty_zero": "the rule for lateness stands in course.toml, not in nbgrader's options",
    "test_side_effects": "files that a submission writes stay in the sandbox and are not kept",
    "test_handle_failure": "a notebook that was damaged is rebuilt from the source and graded",
    "test_handle_failure_single_notebook": "a notebook that was damaged is rebuilt from the source and graded",
    "test_missing_source_kernelspec": "the course's kernel runs every submission, whatever it was saved with",
    "test_no_execute": "outputs that were handed in are never taken for results",
    "test_autograde_timeout": "the time for a cell stands in course.toml",
    "test_infinite_loop_with_output": "nbgrader skips it itself; the corpus of hostile submissions has such a loop",
    "test_many_students": "nbgrader skips it itself; the benchmark grades many",
}


def own_tests():
    found = {item.name for item in ast.walk(ast.parse(FILE.read_text())) if isinstance(item, ast.FunctionDef)}
    return {name for name in found if name.startswith("test_")}


def run(names, folder):
    """How each of these tests ended, by name: what it says, empty where it passed."""
    report = folder / "report.xml"
    command = [sys.executable, "-W", "ignore", "-m", "pytest", "-p", "grading.tests.nbgrader_own", "-c", os.devnull]
    command += ["--rootdir", str(folder), "-p", "no:cacheprovider", "-q", f"--junitxml={report}"]
    command += [f"{FILE}::TestNbGraderAutograde::{name}" for name in sorted(names)]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command, cwd=courses.ROOT, env=os.environ | {"PATH": path}, capture_output=True, text=True, timeout=1800
    )
    assert report.exists(), done.stdout[-3000:] + done.stderr[-1000:]
    ended = {}
    for case in ElementTree.parse(report).iter("testcase"):
        name = case.get("name").partition("[")[0]
        ended[name] = ended.get(name, "") + "".join(
            f"{part.tag}: {part.get('message')}\n" for part in case if part.tag in ("failure", "error", "skipped")
        )
    return ended


def test_those_that_apply_pass(tmp_path):
    applies = own_tests() - set(DIFFERENT)
    assert len(applies) >= 26 and {"test_grade", "test_showtraceback_exploit", "test_infinite_loop"} <= applies
    assert run(applies, tmp_path) == dict.fromkeys(applies, "")


@pytest.mark.long
def test_those_that_do_not_apply_are_not_hidden_successes(tmp_path):
    assert set(DIFFERENT) <= own_tests()
    assert not [name for name, words in run(DIFFERENT, tmp_path).items() if not words]
