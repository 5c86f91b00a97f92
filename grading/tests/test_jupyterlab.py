"""A student's way through an exercise in JupyterLab, mistakes included."""

import re
import shutil

from grading import course as courses
from grading import demo
from grading.build import text
from grading.build.markers import SOLUTION, drop_markers
from grading.tests.browser import jupyterlab, needs_chromium, page

pytestmark = needs_chromium


def test_a_student_meets_the_right_kernel_and_helpful_messages(course, tmp_path):
    exercise = course.exercise(demo.EXERCISES[0])
    shutil.copytree(courses.ROOT / "Exercises" / exercise.id, tmp_path / exercise.id)
    first = next(cell for cell in text.read(exercise.text, exercise) if cell.role == "answer")
    right = drop_markers(first.source, SOLUTION)
    opening = re.search(r"^def \w+\(", right, re.MULTILINE)[0]
    settings = tmp_path / ".settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"windowingMode": "none"}')  # all cells in the page, also those out of sight
    environment = {"JUPYTERLAB_SETTINGS_DIR": str(tmp_path / ".settings")}
    with jupyterlab(tmp_path, tmp_path, environment) as address, page() as browser:
        browser.goto(f"{address}/lab/tree/{exercise.id}/{exercise.id}.ipynb?reset")
        browser.wait_for_selector(f"text={course.kernel_display_name}")
        browser.wait_for_selector(".jp-Notebook h1")

        _run(browser, "import checks")
        _run(browser, f'checks.begin("test_{first.name}"')
        browser.wait_for_selector("text=NameError")

        _run(browser, opening)
        _run(browser, f'checks.begin("test_{first.name}"')
        browser.wait_for_selector("text=This task is still open.")

        _write(browser, opening, right)
        _run(browser, opening)
        _run(browser, f'checks.begin("test_{first.name}"')
        browser.wait_for_selector("text=Visible checks passed")

        _run(browser, "checks.summary(")
        browser.wait_for_selector("text=passed")
        output = browser.locator(".jp-Cell:has-text('checks.summary(') .jp-OutputArea-output").last.inner_text()
        assert f"test_{first.name}" in output and "open" in output


def _cell(browser, words: str):
    """The code cell that holds these words, scrolled into view."""
    cell = browser.locator(".jp-CodeCell").filter(has_text=words).first
    cell.scroll_into_view_if_needed()
    return cell


def _run(browser, words: str) -> None:
    _cell(browser, words).locator(".jp-InputPrompt").click()
    browser.keyboard.press("Control+Enter")
    browser.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", state="attached")


def _write(browser, words: str, source: str) -> None:
    _cell(browser, words).locator(".cm-content").click()
    browser.keyboard.press("Control+a")
    browser.keyboard.insert_text(source)
