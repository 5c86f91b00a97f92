"""Marking by hand: the sheet, its way into the gradebook, and all that may be wrong with it."""

import csv
import io
import re
import sqlite3

import pytest

from grading import course as courses
from grading import nbgrader_api
from grading.__main__ import main
from grading.course import CourseError
from grading.gradebook import keep_copy
from grading.results import marks, sheet
from grading.results.marking import write_marking
from grading.results.marks import answers, codes, read_marks
from grading.tests import classroom
from grading.tests.classroom import Work

STUDENTS = ("ada", "blank", "émile")


@pytest.fixture(scope="module")
def exercise_(course):
    return course.exercise("01_membranes")


@pytest.fixture(scope="module")
def first_state(course, exercise_, tmp_path_factory):
    """Three students were graded; two wait for marks, one left both questions as they were."""
    folder = tmp_path_factory.mktemp("marks")
    questions = classroom.names(exercise_, course, "discuss_")
    texts = {name: f"My answer to {name}." for name in questions}
    with courses.use_workspace(folder):
        class_ = {student: Work(texts=texts) for student in ("ada", "émile")}
        classroom.grade(exercise_, course, class_ | {"blank": Work(answers="untouched")})
        keep_copy().rename(folder / "first.db")
    return folder


@pytest.fixture
def graded(first_state):
    """The class before anybody marked."""
    with courses.use_workspace(first_state):
        for path in [
            *first_state.glob("gradebook.db*"),
            *first_state.glob("marking/*"),
            *first_state.glob("backups/gradebook/*"),
        ]:
            path.unlink()
        source, target = (sqlite3.connect(first_state / name) for name in ("first.db", "gradebook.db"))
        source.backup(target)
        source.close()
        target.close()
        yield first_state


@pytest.fixture
def questions(course, exercise_):
    return classroom.names(exercise_, course, "discuss_")


def write(path, *rows, head="student,question,points,comment"):
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def dump(folder):
    with sqlite3.connect(folder / "gradebook.db") as connection:
        return list(connection.iterdump())


def test_a_sheet_filled_in_reaches_the_gradebook(graded, exercise_, questions):
    first, second = questions
    path = write(
        graded / "filled.csv",
        f'ada,{first},2.5,"Clear, but (b) lacks the number"',
        f"émile,{first},0,",
        f"émile,{second},,Come and see me",
        f"ada,{second},,",
    )
    before = dump(graded)
    done = read_marks(exercise_, path)
    assert (done.marks, done.comments, done.same, done.empty) == (2, 2, 0, 2)
    with nbgrader_api.gradebook() as gradebook:
        grade = gradebook.find_grade(first, exercise_.id, exercise_.id, "ada")
        assert (grade.manual_score, grade.needs_manual_grade, grade.score) == (2.5, False, 2.5)
        assert gradebook.find_grade(second, exercise_.id, exercise_.id, "émile").needs_manual_grade
        comment = gradebook.find_comment(first, exercise_.id, exercise_.id, "ada")
        assert comment.comment == "Clear, but (b) lacks the number"
    with sqlite3.connect(done.copy) as connection:
        assert list(connection.iterdump()) == before
    again = read_marks(exercise_, path)
    assert (again.marks, again.comments, again.same, again.copy) == (0, 0, 3, None)


def test_each_wrong_row_is_named_and_nothing_is_written(graded, exercise_, questions):
    first, second = questions
    path = write(
        graded / "wrong.csv",
        f"ada,{first},2,fine",
        f"nobody,{first},1,",
        "ada,discuss_nothing,1,",
        f"émile,{first},99,",
        f"émile,{second},-1,",
        f"ada,{first},3,",
    )
    before = dump(graded)
    with pytest.raises(CourseError) as caught:
        read_marks(exercise_, path)
    words = str(caught.value)
    assert "nothing was changed" in words and "row 2" not in words.replace("as row 2", "")
    for part in (
        "row 3 (nobody",
        "unknown student",
        "row 4",
        "unknown question",
        "row 5",
        "99 points",
        "row 6",
        "row 7",
    ):
        assert part in words
    assert "the same answer as row 2" in words and ", ".join(sorted(questions)) in words
    assert dump(graded) == before and not list(graded.glob("backups/gradebook/*"))


@pytest.mark.parametrize("points", ["two", "nan", "inf", "1.5.2", "3 points"])
def test_points_are_numbers(graded, exercise_, questions, points):
    path = write(graded / "words.csv", f"ada,{questions[0]},{points},")
    with pytest.raises(CourseError, match=rf"row 2 \(ada, {questions[0]}\): points '{points}' is not a number"):
        read_marks(exercise_, path)


def test_a_mark_given_in_the_formgrader_is_not_overwritten(graded, exercise_, questions):
    with nbgrader_api.gradebook() as gradebook:
        grade = gradebook.find_grade(questions[0], exercise_.id, exercise_.id, "ada")
        grade.manual_score, grade.needs_manual_grade = 3.0, False
        gradebook.find_comment(questions[0], exercise_.id, exercise_.id, "ada").manual_comment = "By a colleague"
        gradebook.db.commit()
    before = dump(graded)
    path = write(graded / "other.csv", f"émile,{questions[0]},2,", f"ada,{questions[0]},1,Mine")
    with pytest.raises(CourseError, match="row 3 .*1 points; the gradebook has 3 already") as caught:
        read_marks(exercise_, path)
    assert "By a colleague" in str(caught.value) and "--replace" in str(caught.value)
    assert dump(graded) == before
    empty = write(graded / "empty.csv", f"ada,{questions[0]},,")
    assert read_marks(exercise_, empty).marks == 0 and answers(exercise_)["ada", questions[0]].given == 3
    assert read_marks(exercise_, path, replace=True).marks == 2
    assert answers(exercise_)["ada", questions[0]].given == 1


def test_a_mark_is_confirmed_after_grading_again(graded, exercise_, questions):
    with nbgrader_api.gradebook() as gradebook:
        grade = gradebook.find_grade(questions[0], exercise_.id, exercise_.id, "ada")
        grade.manual_score, grade.needs_manual_grade = 2.0, True
        gradebook.db.commit()
    write_marking(exercise_)
    page, path = write_marking(exercise_)  # over a sheet that has the same mark
    assert "has the answer changed?" in page.read_text(encoding="utf-8")
    assert read_marks(exercise_, path).marks == 1
    assert not answers(exercise_)["ada", questions[0]].confirm


def test_an_untouched_answer_can_be_given_points_all_the_same(graded, exercise_, questions):
    assert answers(exercise_)["blank", questions[0]].points == 0
    assert read_marks(exercise_, write(graded / "kind.csv", f"blank,{questions[0]},1,")).marks == 1


@pytest.mark.parametrize("delimiter, number", [(";", "2,5"), ("\t", "2.5"), (",", '"2,5"')])
def test_spreadsheets_save_in_their_own_way(tmp_path, delimiter, number):
    rows = [
        ["Student", "QUESTION", "points", "out_of", "comment"],
        ["ada", "discuss_x", number, "3", "a"],
        ["", "", "", "", ""],
    ]
    path = tmp_path / "saved.csv"
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(delimiter.join(row) for row in rows).encode())
    (line,) = sheet.read(path)
    assert (line.number, line.student, line.points, line.comment) == (2, "ada", 2.5, "a")


def test_files_that_are_no_sheets_are_explained(tmp_path):
    for content, words in (
        (b"", "is empty"),
        (b"student,points\nada,1\n", "must name each of"),
        ("student,question,points,comment\nada,x,1,très bien\n".encode("cp1252"), "CSV UTF-8"),
        (b"student,question,points,comment\nada,x,1,well, well\n", "row 2: more cells"),
    ):
        path = tmp_path / "odd.csv"
        path.write_bytes(content)
        with pytest.raises(CourseError, match=words):
            sheet.read(path)
    with pytest.raises(CourseError, match="cannot be read"):
        sheet.read(tmp_path / "missing.csv")


def test_names_can_be_hidden(graded, exercise_, questions, capsys):
    page, path = write_marking(exercise_, hide_names=True)
    shown, rows = page.read_text(encoding="utf-8"), path.read_text(encoding="utf-8-sig")
    shown = re.sub(r"/submissions/[0-9a-f]{32}/", "", shown)  # "ada" can stand in such a number
    for name in STUDENTS:
        assert name not in shown and name not in rows
    code = codes(exercise_, sorted(STUDENTS))["émile"]
    filled = [
        row for row in csv.DictReader(io.StringIO(rows)) if (row["student"], row["question"]) == (code, questions[0])
    ]
    assert len(filled) == 1 and not filled[0]["points"]
    read_marks(exercise_, write(graded / "coded.csv", f"{code},{questions[0]},2,"))
    assert answers(exercise_)["émile", questions[0]].given == 2


def test_codes_differ_between_students_and_are_no_numbers(exercise_):
    students = [f"student{number}" for number in range(20_000)]
    made = codes(exercise_, students)
    assert len(set(made.values())) == len(students)
    assert all(code.startswith("s") and code[1:].isalnum() for code in made.values())


def test_a_sheet_that_was_filled_in_is_never_written_over(graded, exercise_, questions):
    _, path = write_marking(exercise_)
    filled = path.read_text(encoding="utf-8").replace(f"ada,{questions[0]},,", f"ada,{questions[0]},2,", 1)
    path.write_text(filled, encoding="utf-8")
    with pytest.raises(CourseError, match=r"marks that the gradebook does not have, first in row \d+ \(ada"):
        write_marking(exercise_)
    assert path.read_text(encoding="utf-8") == filled
    read_marks(exercise_, path)
    write_marking(exercise_)
    assert f"ada,{questions[0]},2,3," in path.read_text(encoding="utf-8")


def test_the_commands_say_what_they_did(graded, exercise_, questions, capsys):
    assert main(["marking", exercise_.id]) == 0
    assert "python -m grading marks 01_membranes" in capsys.readouterr().out
    assert main(["marks", exercise_.id, str(write(graded / "m.csv", f"ada,{questions[0]},1,"))]) == 0
    assert "1 marks and 0 comments written" in capsys.readouterr().out
    assert main(["marks", exercise_.id, str(write(graded / "m.csv", f"ada,{questions[0]},9,"))]) == 2
    assert "9 points, where 0 to 3 are possible" in capsys.readouterr().err


def test_before_anything_was_graded_it_says_so(tmp_path, exercise_):
    with (
        courses.use_workspace(tmp_path),
        pytest.raises(CourseError, match="Nothing of 01_membranes has been graded yet"),
    ):
        marks.answers(exercise_)
