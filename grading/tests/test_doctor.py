"""Submissions as they really are: what the doctor says of each, what it repairs, and that no answer is touched."""

import copy
import io
import json
import os
import unicodedata
import zipfile

import nbformat
import pytest

from grading import staging, submissions
from grading.__main__ import main
from grading.handin import attempts, doctor, reading, repair
from grading.handin.roster import Person, Roster
from grading.preprocessors.rebuild import rebuild
from grading.submissions import Submission
from grading.tests import tiny
from grading.tests.tiny import COURSE, FIRST, RIGHT, SECOND, content, due, hand_in, root, solved, untouched, workspace

__all__ = ["root", "workspace"]  # fixtures

NAME = f"{FIRST.id}.ipynb"
LOOSE = unicodedata.normalize("NFD", "Åse")


def look(mend=False, exercise=FIRST, course=COURSE, people=None):
    """What the doctor says, and what is left after repairs."""
    said = []
    left = doctor.examine(exercise, course, people or Roster(), mend, said.append)
    return said, left


def words(findings, need=None):
    return "\n".join(finding.words for finding in findings if need in (None, finding.need))


def answers(workspace, student="ann"):
    """The answers that grading would take from a submission."""
    path = workspace / "submitted" / student / FIRST.id / NAME
    rebuilt, _ = rebuild(staging.read(path), tiny.source())
    return {cell.id: cell.source for cell in rebuilt.cells if cell.id in ("answer_double", "discuss_why")}


GIVEN = {"answer_double": RIGHT, "discuss_why": "Because."}


def cell(made, name):
    return next(cell for cell in made.cells if cell.id == name)


def changed(change):
    """The solved notebook after a change, as a file's content."""
    made = solved()
    change(made)
    return json.dumps(made).encode()


def delete_test(made):
    made.cells.remove(cell(made, "test_double"))


def delete_answer(made):
    made.cells.remove(cell(made, "answer_double"))


def copy_answer(made):
    twin = copy.deepcopy(cell(made, "answer_double"))
    twin.id = "twin"
    made.cells.insert(4, twin)


def split_answer(made):
    """As JupyterLab does it: both halves keep the metadata, the first one the id."""
    first = cell(made, "answer_double")
    second = copy.deepcopy(first)
    second.id = "half"
    first.source, second.source = "import math", RIGHT
    made.cells.insert(made.cells.index(first) + 1, second)


def split_where_both_count(made):
    split_answer(made)
    halves = "times = 2", "def double(x):\n    return times * x"
    cell(made, "answer_double").source, cell(made, "half").source = halves


def move_answer(made):
    moved = cell(made, "answer_double")
    made.cells.remove(moved)
    made.cells.append(moved)


def double_ids(made):
    for twin in made.cells:
        twin.id = "same"


def old_jupyter(made):
    made.nbformat_minor = 4
    for old in made.cells:
        del old["id"]


def no_metadata(made):
    made.metadata = {}
    for bare in made.cells:
        bare.metadata = {}


def nothing_left(made):
    """Neither metadata nor ids: only text and place tell what is what."""
    no_metadata(made)
    old_jupyter(made)


def later_format(made):
    made.nbformat = 5


def wrong_kernel(made):
    made.metadata["kernelspec"] = {"name": "ir", "display_name": "R"}


def not_a_cell(made):
    made.cells.append("x")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (delete_test, "test_double was deleted: restored"),
        (copy_answer, "answer_double stands there 2 times"),
        (split_answer, "answer_double stands there 2 times"),
        (move_answer, "cells were moved. Put back in their order"),
        (double_ids, "cell ids stand there several times (same)"),
        (old_jupyter, "saved by an old Jupyter, without cell ids"),
        (no_metadata, "nbgrader's metadata were stripped"),
        (nothing_left, "answer_double, discuss_why had lost its name: found by place and content"),
        (later_format, "says that it is of notebook format 5: read as format 4"),
        (wrong_kernel, "asks for the kernel ir. Graded with ebrains-25.02"),
        (not_a_cell, "1 of its cells are none"),
    ],
)
def test_what_grading_copes_with_is_told_and_no_answer_is_lost(workspace, change, says):
    hand_in(workspace, "ann", changed(change))
    said, left = look()
    assert says in words(said, doctor.NOTE)
    assert {finding.need for finding in left} == {doctor.NOTE}
    assert answers(workspace) == GIVEN
    look(mend=True)
    assert answers(workspace) == GIVEN
    nbformat.validate(nbformat.read(workspace / "submitted/ann" / FIRST.id / NAME, as_version=4))


def test_a_deleted_answer_is_told(workspace):
    hand_in(workspace, "ann", changed(delete_answer))
    said, _ = look()
    assert "answer_double was deleted" in words(said)
    assert "left as handed out: answer_double" in words(said)


def format_3():
    """The solved notebook as IPython 2 saved it."""
    cells = []
    for new in solved().cells:
        old = {"cell_type": new.cell_type, "metadata": new.metadata}
        if new.cell_type == "code":
            old |= {"input": new.source.splitlines(True), "language": "python", "outputs": [{"output_type": "pyout"}]}
        else:
            old |= {"source": new.source}
        cells.append(old)
    sheets = [{"cells": cells[:3]}, {"cells": cells[3:]}]
    return json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": sheets}).encode()


def conflict(line, ours, theirs):
    """The solved notebook with git's markers around one line."""
    text = nbformat.writes(solved())
    assert text.count(line) == 1
    return text.replace(line, f"<<<<<<< HEAD\n{ours}\n=======\n{theirs}\n>>>>>>> main").encode()


KERNEL = '   "display_name": "EBRAINS-25.02",'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xef\xbb\xbf" + content(), "begins with a byte-order mark"),
        (content().decode().encode("utf-16"), "saved as UTF-16"),
        (content().decode().encode("utf-16-be"), "saved as UTF-16-BE"),
        (content().decode().encode("utf-32"), "saved as UTF-32"),
        (format_3(), "saved in notebook format 3: converted"),
        (
            conflict(KERNEL, KERNEL, '   "display_name": "Python 3",'),
            "merge-conflict markers in it, none of them in a cell",
        ),
    ],
    ids=["byte-order-mark", "utf-16", "utf-16-be", "utf-32", "format-3", "conflict-in-metadata"],
)
def test_other_ways_to_save_a_notebook_are_read_and_repaired(workspace, data, says):
    path = hand_in(workspace, "ann", data)
    said, left = look()
    assert says in words(said, doctor.NOTE)
    assert {finding.need for finding in left} == {doctor.NOTE}
    assert answers(workspace) == GIVEN
    said, left = look(mend=True)
    assert "repaired: written anew" in words(said)
    assert says not in words(left)
    assert answers(workspace) == GIVEN
    json.loads(path.read_text(encoding="utf-8"))
    assert [attempt.folder.joinpath(NAME).read_bytes() for attempt in attempts.kept("ann", FIRST.id)] == [data]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the file is empty"),
        (b"  \n", "the file is empty"),
        (content()[:-40], "the notebook is not JSON (line"),
        (content(solved(why="Ærlig")).decode().encode("latin-1"), "not text in UTF-8"),
        (b"[" * 100_000, "cannot be read"),
        (b"[]", "not a notebook of format 4"),
        (b'{"worksheets": []}', "not a notebook of format 4"),
        (b'{"nbformat": 3, "worksheets": 5}', "a damaged notebook of format 3"),
        (b'{"nbformat": 4, "cells": []}', "the notebook has no cells"),
        (b"<<<<<<< HEAD\n{}\n", "merge-conflict markers in it (line 1)"),
        (content(untouched(SECOND)), "this is the notebook of 02_second"),
    ],
    ids=range(11),
)
def test_what_cannot_be_graded_needs_a_person_and_is_left_as_it_is(workspace, data, says):
    path = hand_in(workspace, "ann", data)
    for mend in (False, True):
        said, left = look(mend)
        assert says in words(said, doctor.PERSON) and "Not graded" in words(said, doctor.PERSON)
        assert says in words(left, doctor.PERSON)
        assert path.read_bytes() == data


def test_a_conflict_about_an_answer_is_nobodys_to_decide_but_the_students(workspace):
    text = nbformat.writes(solved())
    line = next(line for line in text.splitlines() if "Because." in line)
    hand_in(workspace, "ann", conflict(line, line, line.replace("Because.", "Therefore.")))
    assert "merge-conflict markers" in words(look(mend=True)[1], doctor.PERSON)


def test_conflict_markers_within_a_cell_are_told(workspace):
    answer = "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> main"
    hand_in(workspace, "ann", content(solved(answer=answer)))
    assert "conflict markers stand in 1 cells" in words(look()[1], doctor.PERSON)


def test_untouched_notebooks_and_answers_are_told(workspace):
    hand_in(workspace, "ann", content(untouched()))
    hand_in(workspace, "bob", content(solved(why="")))
    said, left = look()
    assert [finding.student for finding in left if "nothing was filled in" in finding.words] == ["ann"]
    assert [finding.words for finding in left if "left as" in finding.words] == ["left as handed out: discuss_why"]


def zipped(files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("my work (1).ipynb", content(), "takes my work (1).ipynb for it"),
        (f"{NAME}.txt", content(), f"takes {NAME}.txt for it"),
        (
            "course.zip",
            zipped({f"x/Exercises/{FIRST.id}/{NAME}": content(), f"x/Solutions/{FIRST.id}/{NAME}": b"{}"}),
            "takes",
        ),
        (NAME, zipped({"any.ipynb": content()}), f"takes {NAME}: any.ipynb for it"),
    ],
    ids=["renamed", "second-ending", "whole-folder-in-a-zip", "zip-in-place-of-a-notebook"],
)
def test_a_notebook_under_another_name_or_in_a_zip_is_put_in_its_place(workspace, name, data, says):
    hand_in(workspace, "ann", data, name=name, time="2026-03-01 10:00:00 UTC")
    said, left = look()
    assert says in words(said, doctor.REPAIR) and "Not graded until `--repair`" in words(said, doctor.REPAIR)
    assert main(["doctor", FIRST.id]) == 1
    said, left = look(mend=True)
    assert says in words(said)
    assert doctor.REPAIR not in {finding.need for finding in left} and doctor.PERSON not in {
        finding.need for finding in left
    }
    assert answers(workspace) == GIVEN
    submission = submissions.find(FIRST)[0]
    assert submission.handed_in().hour == 10
    assert data in [path.read_bytes() for path in (workspace / "attempts").rglob("*") if path.is_file()]
    before = {path: path.stat().st_mtime_ns for path in workspace.rglob("*")}
    look(mend=True)
    assert {path: path.stat().st_mtime_ns for path in workspace.rglob("*")} == before
    assert main(["doctor", FIRST.id]) == 0


def test_of_several_that_could_be_meant_none_is_chosen(workspace):
    hand_in(workspace, "ann", content(), name="a.ipynb")
    hand_in(workspace, "ann", content(solved(why="Else.")), name="b.ipynb")
    for mend in (False, True):
        assert "several could be meant, leave one: a.ipynb, b.ipynb" in words(look(mend)[1], doctor.PERSON)


def test_doubled_files_are_told(workspace):
    hand_in(workspace, "ann", content())
    hand_in(workspace, "ann", content(solved(why="Else.")), name="01_first-Copy1.ipynb")
    said, _ = look()
    assert [finding.file for finding in said if "does not count" in finding.words] == ["01_first-Copy1.ipynb"]
    assert {finding.need for finding in said} == {doctor.NOTE}
    hand_in(workspace, "ann", content(untouched()))
    assert "does not count" in words(look()[1], doctor.PERSON)


def test_links_are_neither_followed_nor_repaired(workspace, tmp_path):
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(content())
    path = hand_in(workspace, "ann", b"")
    path.unlink()
    path.symlink_to(secret)
    elsewhere = tmp_path / "elsewhere" / FIRST.id / "renamed.ipynb"
    elsewhere.parent.mkdir(parents=True)
    elsewhere.write_bytes(content())
    (workspace / "submitted/bob").symlink_to(tmp_path / "elsewhere")
    said, left = look(mend=True)
    assert [finding.student for finding in left if "is a link to another place" in finding.words] == ["ann", "bob"]
    assert {finding.need for finding in said} == {doctor.PERSON}
    assert path.is_symlink() and [path.name for path in elsewhere.parent.iterdir()] == ["renamed.ipynb"]


def test_an_empty_folder_is_told(workspace):
    (workspace / "submitted/ann" / FIRST.id).mkdir(parents=True)
    assert f"no {NAME} in its folder" in words(look(mend=True)[1], doctor.PERSON)


def test_harmful_names_of_folders_are_repaired_and_similar_ones_told(workspace):
    hand_in(workspace, LOOSE, content())
    hand_in(workspace, "[ann]", content())
    hand_in(workspace, "Bob", content())
    hand_in(workspace, "bob", content())
    assert "calls it Åse" in words(look()[1], doctor.REPAIR)
    (workspace / "attempts/[ann]" / FIRST.id).mkdir(parents=True)
    said, left = look(mend=True)
    assert sorted(path.name for path in (workspace / "submitted").iterdir()) == ["Bob", "_ann_", "bob", "Åse"]
    assert [path.name for path in (workspace / "attempts").iterdir()] == ["_ann_"]
    assert {finding.student for finding in left if finding.need == doctor.PERSON} == {"Bob", "bob"}


def test_a_folder_whose_name_is_no_text_is_told_and_repaired(workspace):
    hand_in(workspace, os.fsdecode(b"M\xfcller"), content())
    assert [submission.student for submission in submissions.find(FIRST)] == ["M\\xfcller"]
    said, left = look()
    assert "is no text in UTF-8" in words(left, doctor.REPAIR) and not words(left, doctor.PERSON)
    assert "Not graded until `--repair` calls it M_xfcller" in words(said)
    assert "the folder is called M_xfcller now" in words(look(mend=True)[0])
    assert answers(workspace, "M_xfcller") == GIVEN
    assert not look()[1]


@pytest.mark.parametrize("where", ["submitted/Åse", "attempts/Åse", f"autograded/{LOOSE}"])
def test_a_folder_that_cannot_be_renamed_needs_a_person(workspace, where):
    """Something has the name that it would get, or was graded under the old one."""
    path = hand_in(workspace, LOOSE, changed(old_jupyter))
    (workspace / where).mkdir(parents=True)
    for mend in (False, True):
        said, left = look(mend)
        assert "its folder's name does harm, and `--repair` leaves it" in words(left, doctor.PERSON)
        assert not words(left, doctor.REPAIR) and path.is_file()
    assert "written anew" in words(said) and "called" not in words(said)


def test_lateness_is_told(workspace):
    first, course = due("2026-03-01T23:59:00+01:00")
    hand_in(workspace, "ann", content(), time="2026-03-02 10:00 +0100")
    hand_in(workspace, "bob", content())
    hand_in(workspace, "eve", content(), time="soon")
    said, left = look(exercise=first, course=course)
    assert "10.0 h late, 0.5 points off (due 2026-03-01 22:59 UTC)" in words(said)
    assert "nobody says when it was handed in" in words(said)
    assert "holds no time such as" in words(said, doctor.PERSON)


def test_late_without_a_time_needs_a_person(workspace, tmp_path):
    from grading.handin.collect import collect

    first, course = due("2026-03-01T23:59:00+01:00")
    (tmp_path / "class.zip").write_bytes(zipped({"annann_LATE_1_10_x.ipynb": content()}))
    collect(tmp_path / "class.zip", first, course)
    assert "does not say by how much" in words(look(exercise=first, course=course)[1], doctor.PERSON)
    stamp = workspace / "submitted/annann_1" / FIRST.id / "timestamp.txt"
    stamp.write_text("2026-03-02 10:00 +0100")
    assert "10.0 h late" in words(look(exercise=first, course=course)[1], doctor.NOTE)


def test_the_class_is_compared_with_the_roster_and_the_extensions(workspace):
    first, course = due("2026-03-01T23:59:00+01:00")
    people = Roster((Person("Ann", "1", "", "ann", ""), Person("Bob", "2", "", "bob", "")))
    hand_in(workspace, "ann", content())
    hand_in(workspace, "guest", content())
    (workspace / "extensions.csv").write_text("student,exercise,due\nbbo,01_first,2026-03-08T23:59+01:00\n")
    said, left = look(exercise=first, course=course, people=people)
    assert "nothing from bob" in words(said, doctor.NOTE)
    assert [finding.student for finding in said if "not in the roster" in finding.words] == ["guest"]
    assert "an extension for bbo, who handed in nothing" in words(left, doctor.PERSON)


def test_a_repaired_attempt_stays_and_a_later_one_takes_its_place(workspace, tmp_path):
    from grading.handin.collect import collect

    hand_in(workspace, "annann_1", content(), name="renamed.ipynb")
    look(mend=True)
    repaired = (workspace / "submitted/annann_1" / FIRST.id / NAME).read_bytes()
    (tmp_path / "class.zip").write_bytes(zipped({"annann_1_10_x.ipynb": b"<"}))
    collect(tmp_path / "class.zip", FIRST, COURSE)
    assert (workspace / "submitted/annann_1" / FIRST.id / NAME).read_bytes() == repaired
    (tmp_path / "class.zip").write_bytes(zipped({"annann_1_11_x.ipynb": content(solved(why="Else."))}))
    collect(tmp_path / "class.zip", FIRST, COURSE)
    assert answers(workspace, "annann_1")["discuss_why"] == "Else."


def test_the_command_lists_who_needs_a_person(workspace, capsys):
    hand_in(workspace, "ann", content())
    assert main(["doctor"]) == 0
    assert "Nothing needs a person." in capsys.readouterr().out
    hand_in(workspace, "b\x1b[2Job", b"{")
    assert main(["doctor"]) == 1
    out = capsys.readouterr().out
    assert "! need a person: b" in out and "\x1b" not in out


def test_grading_gives_damaged_notebooks_the_points_of_whole_ones(workspace):
    """The real pipeline, on those that reading and recognising have changed."""
    from grading.autograde import autograde
    from grading.results import scores

    for student, data in {
        "utf16": content().decode().encode("utf-16"),
        "format3": format_3(),
        "stripped": changed(nothing_left),
        "split": changed(split_where_both_count),
        "format5": changed(later_format),
        "last_week": content(untouched(SECOND)),
    }.items():
        hand_in(workspace, student, data)
    autograde(FIRST, COURSE)
    rows = {row.student: row for row in scores.rows(FIRST)}
    assert {name: row.automatic for name, row in rows.items()} == {name: 3 for name in rows} | {"last_week": 0}
    states = {name: row.state for name, row in rows.items()}  # of an answer that was not found nothing is to be marked
    assert states == {name: scores.NEEDS_MARKING for name in rows} | {"last_week": "not graded"}
    assert "notebook of 02_second" in rows["last_week"].reason


@pytest.mark.parametrize("junk", [b"\x00", b"nul\x00l", b"\xff\xfe\x00", b'"\\ud800"', b"1" * 10_000, b"{" * 50])
def test_reading_never_raises_anything_but_unreadable(junk):
    with pytest.raises(reading.Unreadable):
        reading.load(junk)


def test_submissions_say_what_is_wrong_without_the_doctor(tmp_path):
    submission = Submission("x", FIRST.id, tmp_path)
    assert f"no {NAME}" in submission.problem()
    submission.notebook.write_bytes(zipped({"x": "y"}))
    assert "the file is a zip" in submission.problem()


def test_a_file_that_grows_when_it_is_read_is_refused_or_cut():
    heading = {"cell_type": "heading", "level": 10**12, "source": "Title", "metadata": {}}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [heading]}]}
    data, remarks = reading.load(json.dumps(old).encode())
    assert data["cells"][0]["source"] == "# Title" and "converted" in remarks[0]
    many = [{}] * (reading.MAX_CELLS + 1)
    old["worksheets"] = [{"cells": many[:-1]}, {"cells": [heading]}]
    for notebook in (old, {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": many}):
        with pytest.raises(reading.Unreadable, match="20001 cells, more than 20000: ask"):
            reading.load(json.dumps(notebook).encode())
    counted = '{"nbformat": 4, "nbformat_minor": 5, "cells": [{"execution_count": ' + "9" * 5000 + "}]}"
    assert reading.load(counted.encode())[0]["cells"] == [{"execution_count": 0}]


def test_what_is_nested_as_deep_as_it_can_be_read_stops_no_repair(tmp_path):
    path = tmp_path / "x.ipynb"
    deep = '{"nbformat": 4, "nbformat_minor": 5, "cells": [], "metadata": {"x": ' + "[" * 700 + "]" * 700 + "}}"
    path.write_text(deep)
    assert repair._plain(path) is False
    path.write_text(deep.replace("[" * 700 + "]" * 700, "0"))
    assert repair._plain(path) is True
