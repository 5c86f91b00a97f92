"""A class is graded from end to end: the demonstration, whose every row is foreseen here."""

import contextlib
import csv
import io
import json
import shutil
import subprocess
import sys

import bs4
import nbformat
import pytest

from grading import course as courses
from grading import demo, nbgrader_api, samples, variants
from grading.autograde import autograde
from grading.build import text
from grading.build.markers import HIDDEN_TESTS, cut_region, split_region
from grading.course import CourseError
from grading.outcomes import GRADED, NOT_GRADED, read_outcome
from grading.results import scores
from grading.submissions import Submission
from grading.tests.test_notebooks import code_lines


@pytest.fixture(scope="session")
def workspace(course, tmp_path_factory):
    """The demonstration, run once for this file in a workspace of its own."""
    folder = tmp_path_factory.mktemp("demonstration")
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        demo.demo(course, folder)
    (folder / "printed.txt").write_text(printed.getvalue(), encoding="utf-8")
    return folder


@pytest.fixture
def graded(workspace):
    with courses.use_workspace(workspace, demo.CELL_SECONDS):
        yield workspace


@pytest.fixture(params=demo.EXERCISES)
def sample(request, course):
    return course.exercise(request.param)


def row_of(student, exercise):
    return next(row for row in scores.rows(exercise) if row.student == student)


def test_right_answers_earn_all_automatic_points(graded, sample):
    for student in ("full_marks", "written_differently", "cell_deleted_one_copied"):
        row = row_of(student, sample)
        assert row.automatic == sample.automatic, row
        assert "failed" not in row.reason
        assert row.state == scores.NEEDS_MARKING and row.to_mark > 0
        assert row.max_points == sample.automatic + sample.manual


def test_what_was_mended_is_told(graded, sample):
    reason = row_of("cell_deleted_one_copied", sample).reason
    assert "was deleted: restored" in reason and "stands there 2 times" in reason


def test_untouched_scores_nothing_and_says_why(graded, sample):
    row = row_of("untouched", sample)
    assert (row.points, row.state) == (0, GRADED)
    assert "This task is still open" in row.reason


def test_half_done_scores_in_between(graded, sample):
    assert 0 < row_of("half_done", sample).automatic < sample.automatic


@pytest.mark.parametrize("student", ["unit_mistake", "sign_mistake"])
def test_typical_mistakes_are_named(graded, sample, student):
    row = row_of(student, sample)
    handed_in = demo.MISTAKES[sample.id][student]
    assert row.automatic < sample.automatic
    variant = variants.read(variants.FOLDER / sample.id / f"{handed_in}.py", variants.answer_names(sample))
    assert variant.says in row.reason


def test_an_endless_loop_costs_its_own_points_only(graded, sample):
    row = row_of("endless_loop", sample)
    assert "endless loop" in row.reason
    assert 0 < row.automatic < sample.automatic


def test_what_cannot_be_read_is_listed_with_the_reason(graded, sample):
    row = row_of("not_json", sample)
    assert (row.points, row.state) == (0, NOT_GRADED)
    assert "not JSON" in row.reason


def test_feedback_shows_check_and_message_never_hidden_source(graded, sample):
    cells = text.read(sample.text, sample)
    elsewhere = set().union(*(code_lines(cut_region(cell.source, HIDDEN_TESTS)) for cell in cells))
    hidden = set().union(*(code_lines(split_region(cell.source, HIDDEN_TESTS)[1]) for cell in cells)) - elsewhere
    assert len(hidden) > 50
    pages = sorted((graded / "feedback").glob(f"*/{sample.id}/*"))
    assert len(pages) == 8
    for page in pages:
        shown = page.read_text(encoding="utf-8")
        assert page.name == f"{sample.id}.html"
        assert "Points by task" in shown
        assert "BEGIN HIDDEN TESTS" not in shown
        judged = [part.get_text() for part in bs4.BeautifulSoup(shown, "html.parser").select("section.judged")]
        assert len(judged) > 10 and not [part for part in judged if "Traceback" in part]
        leaked = hidden & code_lines(as_text(shown))
        assert not leaked, sorted(leaked)[:3]
    untouched = graded / "feedback/untouched" / sample.id / f"{sample.id}.html"
    assert "This task is still open" in untouched.read_text(encoding="utf-8")


def as_text(page):
    """The page without its tags."""
    import html
    import re

    return html.unescape(re.sub(r"<[^>]+>", "", page))


def test_the_demonstration_writes_and_names_every_page(graded, sample):
    named = (graded / "printed.txt").read_text(encoding="utf-8")
    assert f"report                {graded / 'report.html'}" in named and f"{graded / 'marking'}/EXERCISE.html" in named
    assert sample.title in (graded / "report.html").read_text(encoding="utf-8")
    assert (graded / "marking" / f"{sample.id}.html").is_file() and (graded / "marking" / f"{sample.id}.csv").is_file()


def test_csv_files_are_complete(graded, course):
    with (graded / "scores.csv").open(encoding="utf-8", newline="") as stream:
        plain_rows = list(csv.DictReader(stream))
    assert len(plain_rows) == 9 * len(demo.EXERCISES)
    with (graded / "canvas.csv").open(encoding="utf-8", newline="") as stream:
        canvas = list(csv.reader(stream))
    assert canvas[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *demo.EXERCISES]
    by_student = {line[3]: line[5:] for line in canvas[2:]}
    assert by_student["not_json"] == [""] * len(demo.EXERCISES)
    assert by_student["untouched"] == ["0"] * len(demo.EXERCISES)
    first = course.exercise(demo.EXERCISES[0])
    assert float(by_student["full_marks"][0]) == first.automatic


def test_a_second_run_grades_nothing_again(graded, course, sample):
    before = {path: path.stat().st_mtime_ns for path in (graded / "autograded").glob(f"*/{sample.id}/*.ipynb")}
    autograde(sample, course, students=["full_marks", "untouched"])
    assert before == {path: path.stat().st_mtime_ns for path in before}


def test_an_interrupted_run_goes_on_where_it_stopped(graded, course, sample, tmp_path):
    """Without its outcome a submission counts as unfinished and is graded again, with the same result."""
    before = row_of("unit_mistake", sample)
    autograded = graded / "autograded/unit_mistake" / sample.id
    (graded / "outcomes" / sample.id / "unit_mistake.json").unlink()
    shutil.rmtree(autograded)
    autograde(sample, course, students=["unit_mistake"])
    assert row_of("unit_mistake", sample) == before


def test_a_submission_that_becomes_unreadable_keeps_no_old_points(graded, course, sample):
    path = samples.hand_in(samples.submission(sample, course, {}), "turned_bad", sample)
    autograde(sample, course, students=["turned_bad"])
    assert row_of("turned_bad", sample).automatic == sample.automatic
    path.write_text("{}")
    autograde(sample, course, students=["turned_bad"])
    row = row_of("turned_bad", sample)
    assert (row.points, row.state) == (0, NOT_GRADED)
    with nbgrader_api.gradebook() as gradebook:
        assert gradebook.find_submission(sample.id, "turned_bad").score == 0
    shutil.rmtree(path.parent.parent)


def test_plain_nbgrader_gives_the_same_scores(graded, course, sample, tmp_path):
    """`nbgrader autograde` in grading/ beside ours."""
    students = ("unit_mistake", "cell_deleted_one_copied")
    for student in students:
        shutil.copytree(graded / "submitted" / student / sample.id, tmp_path / "submitted" / student / sample.id)
    ours = {student: row_of(student, sample).automatic for student in students}
    with courses.use_workspace(tmp_path):
        nbgrader_api.write_source(sample, course)
        nbgrader_api.register(sample)
        command = [sys.executable, "-m", "nbgrader", "autograde", sample.id]
        run = subprocess.run(command, cwd=courses.ROOT / "grading", capture_output=True, text=True, timeout=300)
        assert run.returncode == 0, run.stderr
        assert {row.student: row.automatic for row in scores.rows(sample)} == ours


def test_unreadable_submissions_say_what_to_do(tmp_path):
    contents = {
        b"": "not JSON",
        b"\xff\xfe\x00": "not text in UTF-8",
        b"[]": "not a notebook of format 4",
        b'{"worksheets": []}': "not a notebook of format 4",
        nbformat.writes(nbformat.v4.new_notebook()).encode(): "no cells",
    }
    submission = Submission("x", "00_x", tmp_path)
    assert "no 00_x.ipynb" in submission.problem()
    (tmp_path / "renamed.ipynb").write_text("{}")
    assert "renamed.ipynb: rename it?" in submission.problem()
    for content, words in contents.items():
        submission.notebook.write_bytes(content)
        assert words in submission.problem()
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    submission.notebook.write_bytes(b"\xef\xbb\xbf" + nbformat.writes(made).encode())
    assert submission.problem() == ""


def test_an_unfinished_outcome_file_counts_as_none(tmp_path):
    with courses.use_workspace(tmp_path):
        path = tmp_path / "outcomes/00_x/ada.json"
        path.parent.mkdir(parents=True)
        for content in ("", "{", "[]", json.dumps({"unknown": 1})):
            path.write_text(content)
            assert read_outcome("ada", "00_x") is None


def test_commands_explain_what_is_missing(tmp_path, course):
    with courses.use_workspace(tmp_path):
        with pytest.raises(CourseError, match="There is no exercise '99_x'. There are: "):
            course.exercise("99_x")
        with pytest.raises(CourseError, match="No submissions to"):
            autograde(course.exercises[0], course)
        with pytest.raises(CourseError, match="Nothing was handed in"):
            scores.all_rows(course.exercises)
