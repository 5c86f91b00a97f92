"""Late penalties: the rule, its limits, extensions, and the same points by every way that grading can take."""

import csv
import dataclasses
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from grading import course as courses
from grading import late, nbgrader_api, submissions
from grading.__main__ import main
from grading.autograde import autograde
from grading.course import CourseError, LateRule
from grading.results import scores
from grading.tests.tiny import COURSE, FIRST, content, due, hand_in, root, solved, workspace

__all__ = ["root", "workspace"]  # fixtures

DUE = "2026-03-01T23:59:00+01:00"  # 22:59 UTC
HOUR = timedelta(hours=1)


# By hand from the rule: 5 points in all, 0.1 of them for each day begun after 2 hours of grace
@pytest.mark.parametrize(
    ("after", "days", "points"),
    [
        (-HOUR, 0, 0),
        (2 * HOUR, 0, 0),
        (2 * HOUR + timedelta(seconds=1), 1, 0.5),
        (26 * HOUR, 1, 0.5),
        (26 * HOUR + timedelta(seconds=1), 2, 1.0),
        (24 * 400 * HOUR, 400, 5.0),
    ],
)
def test_each_day_begun_after_the_grace_costs_its_share(after, days, points):
    found = late.lateness(FIRST, COURSE, after)
    assert (found.days, found.points) == (days, points)


def test_without_a_rule_nothing_is_late():
    assert late.lateness(FIRST, dataclasses.replace(COURSE, late=None), 100 * HOUR) == late.ON_TIME
    assert late.lateness(FIRST, dataclasses.replace(COURSE, late=LateRule(0.0)), 100 * HOUR).points == 0
    assert late.lateness(FIRST, dataclasses.replace(COURSE, late=LateRule(0.1, 48)), HOUR) == late.ON_TIME


def test_an_extension_moves_the_due_date_of_one_student(workspace):
    first, course = due(DUE)
    (workspace / "extensions.csv").write_text("student,exercise,due\nÅSE,01_first,2026-03-08T23:59+01:00\n")
    extensions = late.extensions(course)
    assert late.due(first, "Åse", extensions) == datetime(2026, 3, 8, 22, 59, tzinfo=UTC)
    assert late.due(first, "bob", extensions) == datetime(2026, 3, 1, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("who,what,when\n", "must name each of student, exercise, due once"),
        ("student,exercise,due\nann,09_ninth,2026-03-08T23:59+01:00\n", "line 2: There is no exercise '09_ninth'"),
        ("student,exercise,due\nann,02_second,2026-03-08T23:59+01:00\n", "02_second has no due date in course.toml"),
        ("student,exercise,due\nann,01_first,next week\n", "line 2: 'next week' is no time such as"),
        ("student,exercise,due\nann,01_first,2026-03-08T23:59\n", "lacks its zone"),
        ("student,exercise,due\n,01_first,2026-03-08T23:59+01:00\n", "line 2: the student is missing"),
        ("student,exercise,due\nann,01_first\n", "line 2: '' is no time"),
        (
            "student,exercise,due\nann,01_first,2026-03-08T23:59+01:00\nAnn,01_first,2026-03-09T23:59+01:00\n",
            "line 3: Ann has an extension for 01_first already",
        ),
    ],
)
def test_mistakes_in_the_extensions_are_named(workspace, text, words):
    (workspace / "extensions.csv").write_text(text)
    with pytest.raises(CourseError, match=words):
        late.extensions(due(DUE)[1])


def test_a_mistake_in_the_extensions_stops_grading_before_anything_runs(workspace, capsys):
    hand_in(workspace, "ann", content())
    (workspace / "extensions.csv").write_text("x\n")
    assert main(["autograde", FIRST.id]) == 2
    assert "extensions.csv" in capsys.readouterr().err
    assert not (workspace / "autograded").exists()


def penalties(exercise):
    return {row.student: (row.penalty, row.points) for row in scores.rows(exercise)}


def hand_in_class(workspace):
    """One on time, one a day late, one three days late with one point, one of whom nobody says when."""
    hand_in(workspace, "early", content(), time="2026-03-01 22:00:00 UTC")
    hand_in(workspace, "late", content(), time="2026-03-02 10:00 +0100")
    hand_in(workspace, "later", content(solved(answer="def double(x):\n    return x * x")), time="2026-03-04 10:00 UTC")
    hand_in(workspace, "unknown", content())


# 3 automatic points, the discussion still to be marked; `later` gets 1 of them, and three days would cost 1.5
WANTED = {"early": (0, 3), "late": (0.5, 2.5), "later": (1.0, 0), "unknown": (0, 3)}


@pytest.fixture(scope="module")
def graded(root, tmp_path_factory):
    """A workspace in which the class was graded; a test works in a copy of it."""
    workspace = tmp_path_factory.mktemp("graded")
    first, course = due(DUE)
    hand_in_class(workspace)
    with courses.use_workspace(workspace), pytest.MonkeyPatch.context() as patch:
        patch.setattr(courses, "load", lambda: course)
        autograde(first, course)
    return workspace


@pytest.fixture
def copied(graded, tmp_path, monkeypatch):
    """A copy of it, in which nothing can run."""
    monkeypatch.setattr(courses, "load", lambda: due(DUE)[1])
    monkeypatch.setattr("grading.execution.job.run", lambda job: pytest.fail("a kernel ran"))
    with courses.use_workspace(shutil.copytree(graded, tmp_path / "copy")) as folder:
        yield folder


def test_our_own_grading_takes_the_points_and_says_why(copied):
    first, _ = due(DUE)
    assert penalties(first) == WANTED
    row = next(row for row in scores.rows(first) if row.student == "late")
    assert row.reason.startswith("10.0 h late, 0.5 points off")


def test_the_csv_files_hold_the_penalty(copied):
    assert main(["export", FIRST.id]) == 0
    plain = list(csv.DictReader((copied / "scores.csv").read_text().splitlines()))
    assert [(row["student"], row["penalty"]) for row in plain if row["student"] == "late"] == [("late", "0.5")]
    assert [line.split(",")[-1] for line in (copied / "canvas.csv").read_text().splitlines()[2:]] == [
        "3",
        "2.5",
        "0",
        "3",
    ]


def test_nbgraders_command_and_the_formgraders_button_take_the_same(workspace, monkeypatch, root):
    first, course = due(DUE)
    hand_in_class(workspace)
    monkeypatch.setattr(courses, "load", lambda: course)
    nbgrader_api.write_source(first, course)
    nbgrader_api.register(first)
    assert nbgrader_api.api().autograde(first.id, "late")["success"]  # what the button calls
    with nbgrader_api.gradebook() as gradebook:
        assert gradebook.find_submission(first.id, "late").late_submission_penalty == 0.5
    script = (
        "import runpy, sys; from pathlib import Path; from grading import course as courses; from grading.tests import tiny;"
        f"courses.ROOT = Path({str(root)!r}); made = tiny.due({DUE!r})[1]; courses.load = lambda: made;"
        f"sys.argv = ['nbgrader', 'autograde', {first.id!r}]; runpy.run_module('nbgrader', run_name='__main__')"
    )
    command = [sys.executable, "-c", script]
    run = subprocess.run(command, cwd=root / "grading", capture_output=True, text=True, timeout=600)
    assert run.returncode == 0, run.stderr
    with nbgrader_api.gradebook() as gradebook:
        stored = {name: gradebook.find_submission(first.id, name).late_submission_penalty for name in WANTED}
    assert stored == {name: penalty for name, (penalty, _) in WANTED.items()}


def test_new_dates_extensions_and_marks_count_without_running_anything(copied, monkeypatch):
    first, _ = due(DUE)
    before = {path: path.stat().st_mtime_ns for path in (copied / "autograded").rglob("*.ipynb")}
    assert len(before) == 4
    with nbgrader_api.gradebook() as gradebook:
        grade = gradebook.find_grade("discuss_why", first.id, first.id, "later")
        grade.manual_score, grade.needs_manual_grade = 2, False
        gradebook.db.commit()
    assert penalties(first)["later"] == (1.5, 1.5)

    (copied / "extensions.csv").write_text("student,exercise,due\nlate,01_first,2026-03-02T09:00+00:00\n")
    assert penalties(first)["late"] == (0, 3)

    sooner, course = due("2026-03-01T12:00:00+00:00")
    monkeypatch.setattr(courses, "load", lambda: course)
    assert penalties(sooner) == {"early": (0.5, 2.5), "late": (0, 3), "later": (1.5, 1.5), "unknown": (0, 3)}

    (copied / "extensions.csv").unlink()
    monkeypatch.setattr(courses, "load", lambda: COURSE)
    autograde(FIRST, COURSE)
    assert {penalty for penalty, _ in penalties(FIRST).values()} == {0}
    assert before == {path: path.stat().st_mtime_ns for path in before}


@pytest.mark.parametrize(
    "words", ["last night", "2026-13-01 10:00", "0001-01-01 00:00 +1400", "2026-03-01 10:00 Mars/Olympus", "\x00"]
)
def test_words_that_are_no_time_are_named(words):
    with pytest.raises(ValueError, match="^here holds no time such as 2026-03-01 23:59"):
        submissions.moment(words, "here")


@pytest.mark.parametrize(
    ("words", "hour"),
    [
        ("2026-03-01T10:00:00Z", 10),
        ("2026-03-01 10:00:00.5 UTC", 10),
        ("2026-03-01 10:00UTC", 10),
        ("2026-03-01 10:00 +0130", 8.5),
        ("2026-03-01 10:00", 10),
        ("2026-03-01 10:00 Europe/Berlin", 9),
        ("2026-07-01 10:00 America/Los_Angeles", 17),
    ],
)
def test_a_time_is_read_with_its_zone(words, hour):
    found = submissions.moment(words, "here")
    assert found.tzinfo is UTC and found.hour + found.minute / 60 == hour


def test_a_timestamp_that_is_no_time_is_told_and_takes_nothing_away(workspace, root, monkeypatch):
    first, course = due(DUE)
    monkeypatch.setattr(courses, "load", lambda: course)
    hand_in(workspace, "ann", content(), time="2026-03-02 10:00 +0100")
    assert {outcome.state for outcome in autograde(first, course)} == {"graded"}
    assert penalties(first)["ann"] == (0.5, 2.5)
    hand_in(workspace, "ann", content(), time="last night")
    hand_in(workspace, "bob", content())
    outcomes = {outcome.student: outcome for outcome in autograde(first, course)}
    assert {outcome.state for outcome in outcomes.values()} == {"graded"}
    assert penalties(first) == {"ann": (0, 3), "bob": (0, 3)}
    reasons = {row.student: row.reason for row in scores.rows(first)}
    for said in (outcomes["ann"].reason, reasons["ann"]):
        assert "timestamp.txt holds no time such as" in said and "'last night': taken as in time" in said
    assert not outcomes["bob"].reason and not reasons["bob"]
    assert nbgrader_api.api().autograde(first.id, "ann")["success"]  # what the formgrader's button calls
    assert penalties(first)["ann"] == (0, 3)
