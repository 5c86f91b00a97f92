"""Hand-in: whose a file is, what is taken out of zips and folders, which attempt counts; nothing is lost."""

import csv
import io
import os
import struct
import unicodedata
import zipfile
from datetime import UTC, datetime

import pytest

from grading import course as courses
from grading import submissions
from grading.__main__ import main
from grading.course import CourseError
from grading.handin import archive, attempts, folders, names, roster
from grading.handin.collect import collect
from grading.results.export import canvas_table, strangers
from grading.results.scores import Row
from grading.tests.tiny import COURSE, FIRST, SECOND, content, hand_in, root, solved, untouched, workspace

__all__ = ["root", "workspace"]  # fixtures

A, B, C = (content(solved(why=why)) for why in ("A", "B", "C"))


@pytest.fixture
def bring(workspace, tmp_path):
    """Import a zip made from names and contents, or a folder; returns the lines as text, by file."""

    def run(source, times="", name="class.zip"):
        if isinstance(source, dict):
            source = zipped(tmp_path / name, source)
        return {line.file: f"{line.student}: {line.words}" for line in collect(source, FIRST, COURSE, times)}

    return run


def zipped(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return path


def in_memory(files):
    stream = io.BytesIO()
    zipped(stream, files)
    return stream.getvalue()


def taken(workspace, exercise=FIRST):
    """What stands in submitted/: student to the notebook's content."""
    found = sorted((workspace / "submitted").glob(f"*/{exercise.id}/{exercise.id}.ipynb"))
    return {path.parent.parent.name: path.read_bytes() for path in found}


def everything(folder):
    return {path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# Whose it is


@pytest.mark.parametrize(
    ("name", "student", "upload", "late"),
    [
        ("nordmannase_12345_678901_01_first-1.ipynb", "nordmannase_12345", 678901, False),
        ("nordmannase_LATE_12345_678901_2_3_x.ipynb", "nordmannase_12345", 678901, True),
        ("nordmannase_late_12345_678901_x.ipynb", "nordmannase_12345", 678901, True),
        ("12345_678901_2_x.ipynb", "12345", 678901, False),
        ("LATE_12345_678901_x.ipynb", "12345", 678901, True),
        ("anon_Ab3dE_678901_x.ipynb", "anon_Ab3dE", 678901, False),
        ("LATE_anon_Ab3dE_678901_x.ipynb", "anon_Ab3dE", 678901, True),
        ("李小龙_1_22_x.ipynb", "李小龙_1", 22, False),
        ("Åse Nordmann_123_assignsubmission_file_x.ipynb", "Åse Nordmann_123", 0, False),
        ("anna-01_first.ipynb", "anna", 0, False),
        ("anna.ipynb", "anna", 0, False),
    ],
)
def test_outer_names_say_whose_a_file_is(name, student, upload, late):
    owner = names.of_file(name, FIRST.id)
    assert (owner.student, owner.upload, owner.late) == (student, upload, late)


def test_a_name_that_is_the_exercises_says_nothing():
    assert names.of_file("01_first.ipynb", FIRST.id) is None


def test_text_that_was_typed_into_canvas_is_no_file():
    assert names.of_file("nordmannase_12345_text.html", FIRST.id).typed
    assert not names.of_file("nordmannase_12345_99_text.html", FIRST.id).typed


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("李小龙", "李小龙"),
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("A\u030ase", "\u00c5se"),
        ("../../etc", "_.._etc"),
        ("..", ""),
        ("a/b\\c", "a_b_c"),
        ("\x1b[2Jx\u202ey\x00z", "_2Jxyz"),
        ("[a]*?", "_a_"),
        ("  a  b. ", "a b"),
        ("\udcff", ""),
    ],
)
def test_names_of_any_alphabet_become_names_of_folders(name, made):
    assert names.safe(name) == made
    assert names.safe(made) == made


def test_long_names_stay_apart():
    long = names.safe("ø" * 300 + "a"), names.safe("ø" * 300 + "b")
    assert long[0] != long[1] and all(len(name.encode()) <= 160 for name in long)
    assert names.safe("ø" * 300 + "\udcff").startswith("øøø")


def test_names_that_a_disk_may_take_for_one_are_folded_to_one():
    assert names.folded("A\u030aSE") == names.folded("\u00c5se") == "\u00e5se"
    assert names.folded("Strauß") == names.folded("STRAUSS") != names.folded("Straus")


def test_a_login_cannot_lead_out_of_the_workspace():
    assert roster.Person("Ann", "1", "", "../ann", "").key == "_ann"


# Sources


def test_where_nothing_is_left_of_a_name_it_is_told(bring, workspace):
    said = bring({"\u202e\u202e/01_first.ipynb": A, "\u202e.ipynb": B, "anna/01_first.ipynb": C})
    assert said["\u202e\u202e/01_first.ipynb"] == ": not taken: no student's name is left of it"
    assert said["\u202e.ipynb"] == ": not taken: no student's name is left of it"
    assert [path.name for path in (workspace / "submitted").iterdir()] == ["anna"]


def test_a_folder_in_another_encoding_is_imported(bring, workspace, tmp_path):
    folder = tmp_path / "class" / os.fsdecode(b"M\xfcller")
    folder.mkdir(parents=True)
    (folder / "01_first.ipynb").write_bytes(A)
    bring(folder.parent)
    assert taken(workspace) == {"M\N{REPLACEMENT CHARACTER}ller": A}


def test_a_canvas_zip_is_sorted_by_the_outer_names_alone(bring, workspace):
    inner = in_memory({"carlos_77_78_01_first/01_first.ipynb": B, "carlos_77_78_01_first/data.csv": "1"})
    said = bring({"annaanna_1_10_01_first.ipynb": A, "bobob_2_11_work.zip": inner, "chrisc_3_text.html": "typed"})
    assert taken(workspace) == {"annaanna_1": A, "bobob_2": B}
    assert (workspace / "submitted/bobob_2/01_first/data.csv").read_text() == "1"
    assert said["chrisc_3_text.html"].startswith("chrisc_3: not taken: typed into the LMS")
    problem = submissions.find(FIRST, ["chrisc_3"])[0].problem()
    assert "the import took nothing: chrisc_3_text.html" in problem


def test_without_a_file_to_read_the_command_says_so(workspace, tmp_path, capsys):
    assert main(["import", str(tmp_path / "none.zip"), "--exercise", FIRST.id]) == 2
    assert "There is no" in capsys.readouterr().err
    (tmp_path / "text.zip").write_text("no zip")
    assert main(["import", str(tmp_path / "text.zip"), "--exercise", FIRST.id]) == 2
    assert "text.zip: the zip cannot be read" in capsys.readouterr().err


def test_the_command_ends_with_1_where_somebody_has_to_look(workspace, tmp_path, capsys):
    good, bad = zipped(tmp_path / "good.zip", {"anna.ipynb": A}), zipped(tmp_path / "bad.zip", {"anna.docx": "x"})
    assert main(["import", str(good), "--exercise", FIRST.id]) == 0
    assert "anna: anna.ipynb: taken\n1 files sorted." in capsys.readouterr().out
    assert main(["import", str(bad), "--exercise", FIRST.id]) == 1
    assert "anna: anna.docx: not taken: not a notebook" in capsys.readouterr().out


def test_moodle_zips_and_folders_of_students(bring, workspace):
    bring(
        {
            "Anna Å_55_assignsubmission_file_/work.ipynb": A,
            "bob/01_first/01_first.ipynb": B,
            "bob/02_second/02_second.ipynb": content(untouched(SECOND)),
            "chris.ipynb": C,
            "dora_55_onlinetext_/x": "",
        }
    )
    assert taken(workspace) == {"Anna Å_55": A, "bob": B, "chris": C}


@pytest.mark.parametrize("wrapping", ["submissions", "01_first"])
def test_a_folder_around_the_whole_class_is_taken_off(bring, workspace, wrapping):
    bring({f"{wrapping}/anna/01_first.ipynb": A, f"{wrapping}/bob/x.ipynb": B})
    assert taken(workspace) == {"anna": A, "bob": B}


def test_the_exchange_gives_times_and_every_attempt(bring, workspace, tmp_path):
    inbound = tmp_path / "inbound"
    for name, data in {
        "a+b+01_first+2026-03-01 10:00:00.000000 UTC+xyz": B,
        "a+b+01_first+2026-03-01 09:00:00.000000 UTC+abc": A,
        "a+b+02_second+2026-03-01 11:00:00.000000 UTC+abc": C,
    }.items():
        (inbound / name).mkdir(parents=True)
        (inbound / name / "01_first.ipynb").write_bytes(data)
        (inbound / name / "timestamp.txt").write_text("1999-01-01 00:00:00 UTC")
    bring(inbound)
    assert taken(workspace) == {"a+b": B}
    submission = submissions.find(FIRST)[0]
    assert submission.handed_in() == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert [attempt.time[:13] for attempt in attempts.kept("a+b", FIRST.id)] == ["2026-03-01T09", "2026-03-01T10"]


def test_a_whole_course_in_a_zip_hands_in_neither_solutions_nor_other_exercises(bring, workspace):
    inner = in_memory(
        {
            "course/Exercises/01_first/01_first.ipynb": A,
            "course/Exercises/02_second/02_second.ipynb": content(untouched(SECOND)),
            "course/Solutions/01_first/01_first.ipynb": B,
        }
    )
    bring({"annaanna_1_10_course.zip": inner})
    assert taken(workspace) == {"annaanna_1": A}
    assert len(attempts.kept("annaanna_1", FIRST.id)) == 1


def test_a_zip_under_a_notebooks_name_and_a_notebook_with_a_second_ending(bring, workspace):
    bring({"annaanna_1_10_01_first.ipynb": in_memory({"x.ipynb": A}), "bobob_2_11_01_first.ipynb.txt": B})
    assert taken(workspace) == {"annaanna_1": A, "bobob_2": B}


def test_names_in_zips_that_do_not_say_that_they_are_utf8(tmp_path):
    path = zipped(tmp_path / "mac.zip", {unicodedata.normalize("NFD", "Åse.ipynb"): A})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(signature) + offset
        flags = struct.unpack_from("<H", data, place)[0]
        assert flags & 0x800
        struct.pack_into("<H", data, place, flags & ~0x800)
    path.write_bytes(data)
    entries, _ = archive.unpack(path, tmp_path / "out", archive.ONE)
    assert [entry.name for entry in entries] == ["Åse.ipynb"]


# What zips must not do


def refusals(path, tmp_path, limits=archive.ONE):
    entries, refused = archive.unpack(path, tmp_path / "out", limits)
    return [entry.name for entry in entries], {item.name: item.why for item in refused}


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/x", "C:/x", "..\\x"])
def test_no_name_leads_out_of_a_zip(tmp_path, name):
    kept, refused = refusals(zipped(tmp_path / "a.zip", {name: "x", "good": "y"}), tmp_path)
    assert kept == ["good"]
    assert set(refused.values()) == {"its name leads out of the zip"}
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["1"]


def test_a_file_without_a_name_stops_nobody(bring, workspace):
    data = in_memory({"Q" * 8: "x", "d.ipynb": B}).replace(b"Q" * 8, b"\0" * 8)
    (workspace / "class.zip").write_bytes(data)
    assert "no name" in bring(workspace / "class.zip")[""]
    assert taken(workspace) == {"d": B}


def test_a_notebook_that_goes_by_another_exercises_name_is_looked_at(bring, workspace):
    said = bring({"a_1_1_02_second.ipynb": A, "b_2_2_02_second-1.ipynb": untouched_second()})
    assert taken(workspace)["a_1"] == A
    assert "this is the notebook of 02_second" in said["b_2_2_02_second-1.ipynb"]
    assert "notebook of 02_second" in submissions.find(FIRST, ["b_2"])[0].problem()


def test_links_in_zips_and_folders_are_not_followed(bring, workspace, tmp_path):
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(C)
    link = zipfile.ZipInfo("anna.ipynb")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "links.zip", "w") as made:
        made.writestr(link, str(secret))
    assert "a link" in bring(tmp_path / "links.zip")["anna.ipynb"]
    folder = tmp_path / "shared"
    (folder / "bob").mkdir(parents=True)
    (folder / "bob/01_first.ipynb").symlink_to(secret)
    (folder / "chris").symlink_to(tmp_path)
    os.mkfifo(folder / "dora.ipynb")
    said = bring(folder)
    assert "a link" in said["bob/01_first.ipynb"] and "a link" in said["chris"]
    assert "no regular file" in said["dora.ipynb"]
    assert taken(workspace) == {}
    assert C not in everything(workspace)


def test_nothing_is_written_through_a_link_in_submitted(bring, workspace, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (workspace / "submitted").mkdir()
    (workspace / "submitted/anna").symlink_to(elsewhere)
    assert "is a link" in bring({"anna.ipynb": A})["anna.ipynb"]
    assert list(elsewhere.iterdir()) == []


def test_bombs_are_refused_by_ratio_by_size_and_by_what_comes_out(tmp_path):
    bomb = zipped(tmp_path / "ratio.zip", {"zeros.ipynb": b"0" * 3_000_000})
    assert "200-fold" in refusals(bomb, tmp_path / "1")[1]["zeros.ipynb"]
    noise = os.urandom(2_000_000)
    big = zipped(tmp_path / "size.zip", {"big": noise})
    assert refusals(big, tmp_path / "2", archive.Limits(10, 1, 10))[1]["big"] == "larger than 1 MB"
    many = zipped(tmp_path / "total.zip", {str(number): noise for number in range(3)})
    kept, refused = refusals(many, tmp_path / "3", archive.Limits(10, 3, 5))
    assert kept == ["0", "1"] and "more than it may" in refused["2"]
    with pytest.raises(CourseError, match="3 files, more than 2"):
        refusals(many, tmp_path / "4", archive.Limits(2, 3, 10))


def test_a_zip_that_lies_about_its_sizes_writes_no_more_than_it_said(tmp_path):
    path = zipped(tmp_path / "a.zip", {"lie.ipynb": b"0" * 900_000})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(signature) + offset, 10)
    path.write_bytes(data)
    kept, refused = refusals(path, tmp_path)
    assert kept == [] and "damaged" in refused["lie.ipynb"]
    assert list((tmp_path / "out").iterdir()) == []


def test_nested_zips_go_one_level_deep_with_the_same_limits(bring, workspace):
    second = in_memory({"01_first.ipynb": A})
    bomb = in_memory({"01_first.ipynb": b"0" * 3_000_000})
    said = bring({"annaanna_1_10_a.zip": in_memory({"deeper.zip": second}), "bobob_2_11_b.zip": bomb})
    assert "a zip within a student's zip" in said["annaanna_1_10_a.zip: deeper.zip"]
    assert "200-fold" in said["bobob_2_11_b.zip: 01_first.ipynb"]
    assert taken(workspace) == {}


def test_broken_and_locked_zips_are_told_and_the_others_taken(bring, workspace):
    whole = in_memory({"x.ipynb": A})
    locked = bytearray(whole)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[whole.index(signature) + offset] |= 1
    said = bring({"a_1_1_x.zip": whole[:-30], "b_2_2_x.zip": bytes(locked), "c_3_3_x.zip": in_memory({}), "d.ipynb": B})
    assert "cannot be read" in said["a_1_1_x.zip"]
    assert "encrypted" in said["b_2_2_x.zip: x.ipynb"]
    assert "not a notebook" in said["c_3_3_x.zip"] or "no notebook" in said["c_3_3_x.zip"]
    assert taken(workspace) == {"d": B}


def test_a_file_that_is_also_a_folder_costs_its_own_student_only(bring, workspace):
    said = bring({"a_1_1_x.zip": in_memory({"x.ipynb": A, "b": "1", "b/c": "2"}), "d.ipynb": B})
    assert "not taken" in said["a_1_1_x.zip: x.ipynb"]
    assert taken(workspace) == {"d": B}


def test_a_student_cannot_state_the_time_of_hand_in(bring, workspace):
    bring({"a_1_1_x.zip": in_memory({"x.ipynb": A, "timestamp.txt": "1999-01-01 00:00:00 UTC"})})
    assert submissions.find(FIRST)[0].handed_in() is None


# Attempts


def test_of_two_files_in_one_zip_the_later_upload_counts_and_both_are_kept(bring, workspace):
    said = bring({"annaanna_1_20_01_first.ipynb": B, "annaanna_1_9_01_first-1.ipynb": A})
    assert taken(workspace) == {"annaanna_1": B}
    assert "a later one counts (annaanna_1_20_01_first.ipynb)" in said["annaanna_1_9_01_first-1.ipynb"]
    assert {A, B} <= everything(workspace / "attempts")


def test_the_latest_that_can_be_read_counts(bring, workspace):
    said = bring(
        {"annaanna_1_10_x.ipynb": A, "annaanna_1_11_x-1.ipynb": b"<<<", "annaanna_1_12_x-2.ipynb": untouched_second()}
    )
    assert taken(workspace) == {"annaanna_1": A}
    assert "cannot be graded: the notebook is not JSON" in said["annaanna_1_11_x-1.ipynb"]
    assert "this is the notebook of 02_second" in said["annaanna_1_12_x-2.ipynb"]
    assert b"<<<" in everything(workspace / "attempts")


def untouched_second():
    return content(untouched(SECOND))


def test_a_later_import_takes_the_place_and_what_was_there_is_kept(bring, workspace):
    bring({"annaanna_1_10_x.ipynb": A}, name="monday.zip")
    bring({"annaanna_1_11_x-1.ipynb": B}, name="friday.zip")
    assert taken(workspace) == {"annaanna_1": B}
    assert {A, B} <= everything(workspace / "attempts")
    bring({"annaanna_1_10_x.ipynb": A}, name="monday.zip")
    assert taken(workspace) == {"annaanna_1": B}


def test_an_older_zip_that_comes_later_does_not_count(bring, workspace):
    bring({"annaanna_1_11_x-1.ipynb": B}, name="friday.zip")
    said = bring({"annaanna_1_10_x.ipynb": A}, name="monday.zip")
    assert taken(workspace) == {"annaanna_1": B}
    assert "a later one counts" in said["annaanna_1_10_x.ipynb"]
    assert {A, B} <= everything(workspace / "attempts")


def test_a_later_upload_counts_also_where_its_time_alone_is_stated(bring, workspace, tmp_path):
    bring({"annaanna_1_10_x.ipynb": A}, name="monday.zip")  # kept with the time of this import, long after March
    (tmp_path / "times.csv").write_text("student,time\n1,2026-03-02 10:00 +0100\n")
    bring({"annaanna_LATE_1_11_x-1.ipynb": B}, name="friday.zip", times=str(tmp_path / "times.csv"))
    assert taken(workspace) == {"annaanna_1": B}


def test_the_same_zip_twice_changes_nothing(bring, workspace):
    bring({"annaanna_1_10_x.ipynb": A})
    before = {path: path.stat().st_mtime_ns for path in workspace.rglob("*")}
    assert bring({"annaanna_1_10_x.ipynb": A}) == {"annaanna_1_10_x.ipynb": "annaanna_1: was there already"}
    assert {path: path.stat().st_mtime_ns for path in workspace.rglob("*")} == before


def test_what_was_put_there_by_hand_is_kept(bring, workspace):
    hand_in(workspace, "anna", A)
    bring({"anna.ipynb": B})
    assert taken(workspace) == {"anna": B}
    assert A in everything(workspace / "attempts")


def test_what_an_instructor_changed_by_hand_counts_until_something_new_comes(bring, workspace):
    bring({"annaanna_1_10_x.ipynb": A})
    hand_in(workspace, "annaanna_1", C)
    bring({"annaanna_1_10_x.ipynb": A})
    assert taken(workspace) == {"annaanna_1": C}
    bring({"annaanna_1_11_x.ipynb": B})
    assert taken(workspace) == {"annaanna_1": B}
    assert {A, B, C} <= everything(workspace / "attempts")


def test_an_interrupted_import_is_gone_on_with(bring, workspace, monkeypatch):
    real, calls = folders.write, []

    def stops(folder, contents):
        calls.append(folder)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(folder, contents)

    monkeypatch.setattr(folders, "write", stops)
    files = {"annaanna_1_10_x.ipynb": A, "bobob_2_11_x.ipynb": B}
    with pytest.raises(KeyboardInterrupt):
        bring(files)
    monkeypatch.undo()
    with courses.use_workspace(workspace):
        bring(files)
    assert taken(workspace) == {"annaanna_1": A, "bobob_2": B}


def test_times_come_from_a_table_from_the_files_or_from_stamps(bring, workspace, tmp_path):
    times = tmp_path / "times.csv"
    times.write_text("student,time\n1,2026-03-01 10:00 +0100\n")
    bring({"annaanna_1_10_x.ipynb": A}, times=str(times))
    assert submissions.find(FIRST)[0].handed_in() == datetime(2026, 3, 1, 9, tzinfo=UTC)
    folder = tmp_path / "shared"
    (folder / "bob").mkdir(parents=True)
    (folder / "bob/01_first.ipynb").write_bytes(B)
    (folder / "bob/timestamp.txt").write_text("2026-03-02 10:00:00 UTC")
    os.utime(folder / "bob/01_first.ipynb", (1_000_000_000, 1_000_000_000))
    bring(folder)
    assert submissions.find(FIRST, ["bob"])[0].handed_in() is None
    bring(folder, times="stamped")
    assert submissions.find(FIRST, ["bob"])[0].handed_in() == datetime(2026, 3, 2, 10, tzinfo=UTC)
    assert len(attempts.kept("bob", FIRST.id)) == 1
    bring(folder, times="modified")
    assert attempts.kept("bob", FIRST.id)[0].time.startswith("2001-09-09")
    times.write_text("student,time\n1,noon\n")
    with pytest.raises(CourseError, match="line 2 holds no time"):
        bring({"annaanna_1_10_x.ipynb": A}, times=str(times))


@pytest.mark.parametrize("times", ["modified", "stamped"])
def test_a_zip_is_not_asked_when_it_was_handed_in(bring, workspace, times):
    with pytest.raises(CourseError, match=f"`--times {times}` needs a folder"):
        bring({"anna/01_first.ipynb": A, "anna/timestamp.txt": "2026-03-02 10:00:00 UTC"}, times=times)
    assert taken(workspace) == {}


def test_what_came_in_a_students_zip_is_as_old_as_the_zip(bring, workspace, tmp_path):
    folder = tmp_path / "shared"
    (folder / "bob").mkdir(parents=True)
    (folder / "bob/work.zip").write_bytes(in_memory({"01_first.ipynb": B}))
    os.utime(folder / "bob/work.zip", (1_000_000_000, 1_000_000_000))
    bring(folder, times="modified")
    assert submissions.find(FIRST)[0].handed_in().year == 2001


def test_a_table_of_times_is_read_as_a_spreadsheet_saves_it(bring, workspace, tmp_path):
    times = tmp_path / "times.csv"
    times.write_bytes("\ufeffStudent;Time\r\n1;2026-03-01 10:00 +0100\r\n".encode())
    bring({"annaanna_1_10_x.ipynb": A}, times=str(times))
    assert submissions.find(FIRST)[0].handed_in() == datetime(2026, 3, 1, 9, tzinfo=UTC)
    times.write_text("student;when\n1;2026-03-01 10:00 +0100\n")
    with pytest.raises(CourseError, match="must name each of student, time once"):
        bring({"annaanna_1_10_x.ipynb": A}, times=str(times))


def test_a_time_for_nobody_or_a_second_one_is_told(bring, workspace, tmp_path):
    times = tmp_path / "times.csv"
    times.write_text("student,time\nbob,2026-03-01 10:00 +0100\nana,2026-03-01 10:00 +0100\n")
    hand_in(workspace, "bob", B)  # known from before
    path = zipped(tmp_path / "class.zip", {"anna.ipynb": A})
    lost = [line for line in collect(path, FIRST, COURSE, str(times)) if line.lost]
    assert [line.words for line in lost] == ["states a time for ana, who handed in nothing: is the name right?"]
    times.write_text("student,time\nanna,2026-03-01 10:00 +0100\nAnna,2026-03-02 10:00 +0100\n")
    with pytest.raises(CourseError, match="line 3: another time of Anna stands in a line before"):
        bring({"anna.ipynb": A}, times=str(times))


def test_a_corrected_time_takes_the_place_of_the_wrong_one(bring, workspace, tmp_path):
    times = tmp_path / "times.csv"
    for day in (12, 2):
        times.write_text(f"student,time\n1,2026-03-{day:02} 10:00 +0100\n")
        bring({"annaanna_1_10_x.ipynb": A}, times=str(times))
        assert submissions.find(FIRST)[0].handed_in() == datetime(2026, 3, day, 9, tzinfo=UTC)
    assert len(attempts.kept("annaanna_1", FIRST.id)) == 1
    assert taken(workspace) == {"annaanna_1": A}


def test_the_files_own_times_can_be_stated_later(bring, workspace, tmp_path):
    folder = tmp_path / "shared"
    (folder / "bob").mkdir(parents=True)
    (folder / "bob/01_first.ipynb").write_bytes(B)
    bring(folder)
    bring(folder, times="modified")
    assert submissions.find(FIRST)[0].handed_in() is not None
    (kept,) = attempts.kept("bob", FIRST.id)
    assert kept.time and (kept.folder / "01_first.ipynb").read_bytes() == B


# Names and the roster

ROSTER = (
    "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,01 First (9)\n"
    ",,,,,Manual Posting\n"
    '"    Points Possible",,,,,5\n'
    '"Nordmann, Åse",1,s1,ase,"A, B",\n'
    '"Ob, Bob",2,s2,bob,C,\n'
)


@pytest.fixture
def with_roster(workspace):
    (workspace / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return workspace


def test_the_roster_turns_canvas_numbers_into_logins(bring, with_roster):
    said = bring({"nordmannåse_1_10_x.ipynb": A, "obbob_2_11_x.ipynb": B, "strange_3_12_x.ipynb": C})
    assert taken(with_roster) == {"ase": A, "bob": B, "strange_3": C}
    assert "not in the roster" in said["strange_3_12_x.ipynb"]
    assert "group" not in said["nordmannåse_1_10_x.ipynb"]


def test_a_groups_file_is_told(bring, with_roster):
    assert "handed in as team4: a group?" in bring({"team4_2_11_x.ipynb": B})["team4_2_11_x.ipynb"]


def test_canvas_csv_has_the_rosters_columns_quoted_by_csv(with_roster):
    rows = [Row(name, FIRST.id, "graded", 4.5, 3, 1.5, 0, 5, 0, "") for name in ("ase", "guest")]
    table = canvas_table(rows, roster.load())
    assert table[2:] == [["Nordmann, Åse", "1", "s1", "ase", "A, B", "4.5"], ["guest", "", "", "guest", "", "4.5"]]
    assert strangers(rows) == ["guest"]
    stream = io.StringIO()
    csv.writer(stream).writerows(table)
    assert list(csv.reader(io.StringIO(stream.getvalue()))) == table


def test_a_roster_with_semicolons_and_one_that_is_none(workspace):
    path = workspace / "roster.csv"
    path.write_text("Student;ID;SIS Login ID\nOb, Bob;2;bob\n")
    assert roster.load().find("2").key == "bob"
    path.write_text("name\nBob\n")
    with pytest.raises(CourseError, match="needs a first line with the columns Student, ID"):
        roster.load()
    path.write_text("Student,ID,SIS Login ID\nA,1,x\nB,2,X\n")
    with pytest.raises(CourseError, match="'A' and 'B' have the same SIS Login ID"):
        roster.load()
    path.write_bytes("Student,ID\nÅse,1\n".encode("latin-1"))
    with pytest.raises(CourseError, match="not text in UTF-8"):
        roster.load()


def test_names_of_any_alphabet_survive_the_import(bring, workspace):
    wanted = ["Åse", "李小龙", "علی\u200cرضا", "Ωmega", "O'Brien", "anna maria", "नेहा"]
    bring({unicodedata.normalize("NFD", f"{name}/x.ipynb"): A for name in wanted})
    assert sorted(taken(workspace)) == sorted(unicodedata.normalize("NFC", name) for name in wanted)


def test_names_that_a_disk_may_confuse_are_told(bring, workspace):
    said = collect_lines(bring, workspace, {"Anna.ipynb": A, "anna.ipynb": B})
    assert any("nearly the same name" in line for line in said)
    assert taken(workspace) == {"Anna": A, "anna": B}


def collect_lines(bring, workspace, files):
    path = zipped(workspace / "names.zip", files)
    return [str(line) for line in collect(path, FIRST, COURSE)]


def test_names_do_nothing_to_a_terminal(bring, workspace):
    lines = collect_lines(bring, workspace, {"an\x1b[2Jna.ipynb": A})
    assert lines and not any("\x1b" in line for line in lines)
    assert list(taken(workspace)) == ["an_2Jna"]


def test_unsafe_names_are_told(bring, workspace):
    assert "the name was changed" in bring({"[an]na.ipynb": A})["[an]na.ipynb"]
    assert list(taken(workspace)) == ["_an_na"]
