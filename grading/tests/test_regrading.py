"""What changes after a class was graded, and what of it needs nothing to run again."""

import pytest

from grading import course as courses
from grading import gradebook, nbgrader_api
from grading.autograde import autograde
from grading.execution.job import Job, run
from grading.results import scores
from grading.tests.engine import notebook
from grading.tests.tiny import content, due, hand_in, root, solved, workspace

__all__ = ["root", "workspace"]  # fixtures

FIRST, COURSE = due("2026-03-01T23:59:00+01:00")  # 22:59 UTC


@pytest.fixture
def graded(workspace, monkeypatch):
    """Ann's work, a day late, graded and marked; from then on nothing may run."""
    monkeypatch.setattr(courses, "load", lambda: COURSE)
    hand_in(workspace, "ann", content(), time="2026-03-02 10:00 +0100")
    assert [outcome.state for outcome in autograde(FIRST, COURSE)] == ["graded"]
    with nbgrader_api.gradebook() as book:
        assert book.find_submission(FIRST.id, "ann").late_submission_penalty == 0.5, "the time did not reach nbgrader"
        entry(book).manual_score, entry(book).needs_manual_grade = 2, False
        book.db.commit()
    monkeypatch.setattr("grading.execution.job.run", lambda job: pytest.fail("a kernel ran"))
    monkeypatch.setattr("grading.preprocessors.execute.run", lambda job: pytest.fail("a kernel ran"))
    return workspace


def entry(book):
    return book.find_grade("discuss_why", FIRST.id, FIRST.id, "ann")


def result_of(student):
    """State, penalty and points in the table, and whether a mark is to be confirmed."""
    row = next(row for row in scores.rows(FIRST) if row.student == student)
    with nbgrader_api.gradebook() as book:
        return row.state, row.penalty, row.points, entry(book).needs_manual_grade


def held():
    """Points and marks in the gradebook."""
    with nbgrader_api.gradebook() as book:
        notebooks = [notebook for entry in book.assignment_submissions(FIRST.id) for notebook in entry.notebooks]
        grades = [(notebook.student.id, grade) for notebook in notebooks for grade in notebook.grades]
        return {(student, grade.name): (grade.auto_score, grade.manual_score) for student, grade in grades}


@pytest.mark.parametrize("older", ["a copy", "none"])
def test_a_gradebook_from_a_backup_gets_what_it_lacks_and_nothing_runs(older, graded, monkeypatch):
    """Ann has handed in again since, and Ben for the first time; what had been marked stays so, or is to be confirmed."""
    before = held()
    copy = gradebook.place().read_bytes()
    with monkeypatch.context() as allowed:
        allowed.setattr("grading.execution.job.run", run)
        hand_in(graded, "ann", content(solved(answer="def double(x):\n    return x * x")))
        hand_in(graded, "ben", content())
        autograde(FIRST, COURSE)
    wanted = held()
    assert wanted["ann", "test_double"][0] != before["ann", "test_double"][0] and ("ben", "test_double") not in before
    gradebook.place().write_bytes(copy) if older == "a copy" else gradebook.place().unlink()
    assert {outcome.state for outcome in autograde(FIRST, COURSE)} == {"graded"}
    if older == "none":
        assert held() == wanted | {("ann", "discuss_why"): (None, None)}
        return
    assert held() == wanted and wanted["ann", "discuss_why"][1] == 2
    with nbgrader_api.gradebook() as book:
        assert entry(book).needs_manual_grade, "the mark was given to another answer"
        entry(book).needs_manual_grade = False
        book.db.commit()
    autograde(FIRST, COURSE)
    assert not result_of("ann")[3], "taken in once more"


def test_a_submission_that_could_not_be_graded_meanwhile_is_taken_in_again(graded, monkeypatch):
    """The older gradebook knows the same work, but without its points."""
    path = graded / "submitted/ann/01_first/01_first.ipynb"
    good, wanted = path.read_bytes(), held()
    path.write_bytes(b"{")
    assert [outcome.state for outcome in autograde(FIRST, COURSE)] == ["not graded"]
    copy = gradebook.place().read_bytes()
    path.write_bytes(good)
    autograde(FIRST, COURSE)
    gradebook.place().write_bytes(copy)
    assert held() != wanted
    autograde(FIRST, COURSE)
    assert held() == wanted


@pytest.mark.parametrize(
    ("time", "penalty", "said"),
    [("2026-03-01 10:00 +0100", 0, ""), ("2026-03-03 10:00 +0100", 1, ""), ("last night", 0, "taken as in time")],
)
def test_a_corrected_time_changes_the_penalty_and_nothing_else(time, penalty, said, graded):
    assert result_of("ann") == ("graded", 0.5, 4.5, False)
    (graded / "submitted/ann/01_first/timestamp.txt").write_text(time)
    (outcome,) = autograde(FIRST, COURSE)
    assert outcome.state == "graded" and said in outcome.reason and bool(said) == bool(outcome.reason)
    assert result_of("ann") == ("graded", penalty, 5 - penalty, False)


def test_a_file_of_that_name_in_a_folder_of_the_students_own_is_one_of_his_files(workspace):
    from grading.autograde import prepare
    from grading.submissions import find

    own = hand_in(workspace, "ann", content(), time="2026-03-02 10:00 +0100").parent / "data/timestamp.txt"
    own.parent.mkdir()
    own.write_text("12.5 ms")
    nbgrader_api.write_source(FIRST, COURSE)
    files = prepare(find(FIRST)[0], FIRST)[0].files
    assert files["data/timestamp.txt"] == b"12.5 ms" and "timestamp.txt" not in files


def test_a_job_is_another_where_anything_differs_that_decides_its_result(tmp_path):
    def job(kind="code", source="a = 1\nb = 2", points=1, beside=b"x", seconds=20, shut_in=True, id_="own"):
        made = notebook([("test_a", source)])
        made.cells[0].update(cell_type=kind, id=id_)
        made.cells[0].metadata["nbgrader"]["points"] = points
        (tmp_path / "data").write_bytes(beside)
        return Job.make(made, tmp_path, tmp_path / "none", (), seconds, shut_in).digest()

    changes = dict(kind="raw", source="a = 1b\n = 2", points=2, beside=b"y", seconds=21, shut_in=False)
    others = [job(**{name: value}) for name, value in changes.items()]
    assert len({job(), *others}) == len(changes) + 1
    assert job(id_="another") == job()
