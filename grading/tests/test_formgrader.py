"""An instructor's way through nbgrader's formgrader page, under the course's configuration."""

import shutil

import pytest

from grading import course as courses
from grading import demo, nbgrader_api, samples
from grading.results import scores
from grading.tests.browser import jupyterlab, needs_chromium, page

pytestmark = needs_chromium


@pytest.fixture
def workspace():
    """Below the course's root: the formgrader shows nothing from elsewhere."""
    folder = courses.ROOT / ".cache/formgrader"
    shutil.rmtree(folder, ignore_errors=True)
    with courses.use_workspace(folder):
        yield folder
    shutil.rmtree(folder)


def test_assignments_are_listed_the_button_grades_and_the_score_is_shown(workspace, course):
    exercise = course.exercise(demo.EXERCISES[0])
    samples.hand_in(demo.sample_class(exercise, course)["full_marks"], "full_marks", exercise)
    nbgrader_api.write_source(exercise, course)
    nbgrader_api.register(exercise)
    environment = {courses.WORKSPACE_VARIABLE: str(workspace)}
    with jupyterlab(courses.ROOT, courses.ROOT / "grading", environment) as address, page() as browser:
        browser.goto(f"{address}/formgrader")
        browser.wait_for_selector(f"text={exercise.id}")
        browser.goto(f"{address}/formgrader/manage_submissions/{exercise.id}")
        row = browser.wait_for_selector("tr:has-text('full_marks')")
        assert "needs autograding" in row.inner_text()
        browser.click("tr:has-text('full_marks') td.autograde a")
        browser.wait_for_selector("text=Successfully autograded", timeout=300_000)
        browser.goto(f"{address}/formgrader/manage_submissions/{exercise.id}")
        row = browser.wait_for_selector("tr:has-text('full_marks')")
        assert f"{exercise.automatic} / {exercise.automatic + exercise.manual}" in row.inner_text()
        assert "needs manual grading" in row.inner_text()
    assert scores.rows(exercise)[0].automatic == exercise.automatic
