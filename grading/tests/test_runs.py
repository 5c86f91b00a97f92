"""Runs that Ctrl+C ends at a bad moment, that meet another run, or find nothing to grade."""

import os
import shutil
import subprocess
import sys
import threading
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool

import pytest

from grading import course as courses
from grading import gradebook, nbgrader_api, preprocessors
from grading.__main__ import main
from grading.autograde import autograde, prepare
from grading.execution import pools
from grading.execution.job import result_path
from grading.results import scores
from grading.results.feedback import make_feedback
from grading.submissions import Submission
from grading.tests import classroom
from grading.tests.tiny import COURSE, FIRST, RIGHT, content, due, hand_in, root, solved, workspace

__all__ = ["root", "workspace"]  # fixtures

HOLD = """
import sys
from grading import gradebook
with gradebook.one_at_a_time():
    print("held", flush=True)
    sys.stdin.read()
"""


ENDS_ITS_WORKER = "# ends its worker"


class Pool(Executor):
    """Runs a job at once, as far as nbgrader has a part in it; a notebook that says so ends the worker."""

    room = 2

    def __init__(self, *arguments, **options):
        self.handed_in = 0

    def submit(self, run, job):
        self.handed_in += 1
        done = Future()
        if ENDS_ITS_WORKER in job.notebook:
            done.set_exception(BrokenProcessPool())
        else:
            done.set_result(classroom.result(job, classroom.Work()))
        return done


def pressed(*arguments):
    raise KeyboardInterrupt


def row():
    return [(row.state, row.automatic) for row in scores.rows(FIRST)]


def grade(student, exercise=FIRST, course=COURSE, time=""):
    """Grade a right answer, as far as nbgrader has a part in it: what running it gives is written down."""
    path = hand_in(courses.workspace(), student, content(), time=time)
    nbgrader_api.write_source(exercise, course)
    job, _ = prepare(Submission(student, exercise.id, path.parent), exercise)
    classroom.result(job, classroom.Work()).save(result_path(student, exercise.id))
    autograde(exercise, course)


def test_ctrl_c_within_nbgrader_ends_the_run_and_costs_nothing(workspace, monkeypatch):
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(preprocessors.SaveVerdicts, "preprocess", pressed)
        grade("ann")
    grade("ann")
    assert row() == [("to be marked", 3)]


def test_what_nbgrader_deleted_and_did_not_write_anew_is_graded_again(workspace):
    grade("ann")
    shutil.rmtree(workspace / "autograded/ann")
    grade("ann")
    assert row() == [("to be marked", 3)]


@pytest.mark.parametrize(
    ("folder", "student", "says"),
    [("a[b]", "a[b]", "doctor --repair` changes it"), (os.fsdecode(b"M\xfcller"), "M\\xfcller", "is no text in UTF-8")],
)
def test_folders_that_nbgrader_cannot_read_stop_nobody_and_say_what_to_do(workspace, folder, student, says):
    grade("ann")
    hand_in(workspace, folder, content())
    if folder == student:
        grade(student)
    autograde(FIRST, COURSE)
    assert sorted(row.student for row in scores.rows(FIRST) if row.state == "to be marked") == ["ann"]
    (reason,) = [row.reason for row in scores.rows(FIRST) if row.student == student and row.state == "not graded"]
    assert says in reason


def test_ctrl_c_while_the_exercise_is_made_known_ends_the_run(workspace, monkeypatch):
    monkeypatch.setattr("nbgrader.preprocessors.SaveCells.preprocess", pressed)
    with pytest.raises(KeyboardInterrupt):
        nbgrader_api.register(FIRST)


def test_pages_can_be_interrupted_and_go_with_the_points(workspace, monkeypatch):
    grade("ann")
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(preprocessors.HideTests, "preprocess", pressed)
        make_feedback(FIRST)
    (page,) = make_feedback(FIRST)
    hand_in(workspace, "ann", b"{")
    autograde(FIRST, COURSE)
    assert row() == [("not graded", 0)] and not page.exists()


def test_pages_show_the_penalty_of_today(workspace, monkeypatch):
    """Also before anybody asks for the table anew."""
    first, course = due("2026-03-01T23:59:00+01:00")
    monkeypatch.setattr(courses, "load", lambda: course)
    grade("ann", first, course, "2026-03-02 10:00 +0100")
    (page,) = make_feedback(first)
    assert "2.5 of 5 points" in page.read_text() and "because it was late" in page.read_text()
    (workspace / "extensions.csv").write_text("student,exercise,due\nann,01_first,2026-03-02T09:00+00:00\n")
    make_feedback(first)
    assert "3 of 5 points" in page.read_text() and "because it was late" not in page.read_text()


def test_a_second_run_waits_for_the_first_which_may_be_killed(workspace, capsys):
    first = subprocess.Popen([sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert first.stdout.readline() == b"held\n"
    threading.Timer(0.5, first.kill).start()
    with gradebook.one_at_a_time():
        assert first.wait() < 0
    assert "Another run is grading here" in capsys.readouterr().err
    first.stdin.close()
    first.stdout.close()


def test_where_nothing_can_be_graded_all_steps_come_to_their_end(workspace, capsys):
    hand_in(workspace, "ann", b"{")
    assert main(["feedback", FIRST.id]) == 2
    assert "has been graded yet" in capsys.readouterr().err
    for command in ("autograde", "feedback", "export"):
        assert main([command, FIRST.id]) == 0
    assert "No pages: none of the submissions to 01_first could be graded." in capsys.readouterr().out
    assert "not JSON" in (workspace / "scores.csv").read_text()


def test_a_few_submissions_are_in_hand_at_once_and_not_the_whole_class(workspace):
    for student in ("ann", "bob", "cem", "dag", "eva"):
        hand_in(workspace, student, content())
    pool, in_hand = Pool(), []
    autograde(FIRST, COURSE, executor=pool, report=lambda done, *_: in_hand.append(pool.handed_in - done + 1))
    assert len(in_hand) == 5 and max(in_hand) == pool.room
    assert row() == [("to be marked", 3)] * 5


def test_who_ends_the_worker_each_time_takes_nobody_along(workspace, monkeypatch):
    monkeypatch.setattr(pools, "Processes", Pool)
    for student in ("ann", "bob", "cem", "dag"):
        hand_in(workspace, student, content(solved(RIGHT + ENDS_ITS_WORKER * (student == "bob"))))
    _, bob, *_ = outcomes = autograde(FIRST, COURSE)
    assert "again and again" in bob.reason
    assert [outcome.state for outcome in outcomes] == ["graded", "not graded", "graded", "graded"]
