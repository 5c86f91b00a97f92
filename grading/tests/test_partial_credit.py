"""Partial credit, as nbgrader has it: the number that a test cell ends with. None but a possible one is taken."""

import nbformat
import pytest

from grading.execution import cells
from grading.preprocessors.verdict import earned, error_message
from grading.tests.engine import factory, go, notebook  # noqa: F401, fixtures


def judged(reply, points=2):
    """A test cell after a reply of the grader."""
    cell = notebook([("test_x", "")]).cells[0]
    cell.metadata["nbgrader"]["points"] = points
    cells.write(cell, 0, {"status": "ok", "stdout": ""} | reply)
    return cell


@pytest.mark.parametrize(("score", "points"), [(0.0, 0.0), (0.5, 0.5), (2.0, 2.0)])
def test_a_possible_credit_is_given(score, points):
    assert earned(judged({"score": score})) == points


@pytest.mark.parametrize("score", [float("nan"), float("inf"), -0.5, 2.001, 1e300])
def test_nan_negative_and_too_large_credit_is_refused(score):
    cell = judged({"score": score})
    assert earned(cell) == 0
    assert "which no test can give" in error_message(cell)
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))


def test_without_a_number_it_is_all_or_nothing():
    assert earned(judged({})) == 2
    assert earned(judged({"status": "error", "ename": "AssertionError", "evalue": "no", "traceback": []})) == 0
    never_ran = notebook([("test_x", "")]).cells[0]
    assert earned(never_ran) == 0


def test_the_last_line_of_a_test_is_its_credit_whatever_the_submission_shows(go):  # noqa: F811
    outcome = go(
        ("answer", "x = float('nan')\ny = -1.0\nz = 0.25\nw = True\n0.75"),
        ("test_nan", "x"),
        ("test_negative", "y"),
        ("test_large", "10 ** 400 if z else 0"),
        ("test_part", "assert z < 1\nz"),
        ("test_whole", "w"),
        ("test_call", "print('seen')\nNone"),
    )
    assert "which no test can give" in outcome.says["test_nan"] and "which no test" in outcome.says["test_negative"]
    assert "OverflowError" in outcome.says["test_large"]
    assert (outcome.says["test_part"], outcome.shows["test_part"]) == ("", "0.25")
    assert (outcome.says["test_whole"], outcome.shows["test_whole"]) == ("", "")
    assert (outcome.says["test_call"], outcome.shows["test_call"]) == ("", "seen\n")
