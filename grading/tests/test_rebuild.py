"""A damaged submission gets the source's cells back and loses no answer."""

import copy

import nbformat
import pytest

from grading.build import notebook, text
from grading.preprocessors.rebuild import MAX_OWN_CELLS, rebuild
from grading.tests.test_build import COURSE, GOOD, UNIT


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "00_tiny.py"
    path.write_text(GOOD)
    return notebook.source_notebook(text.read(path, UNIT), COURSE)


@pytest.fixture
def submitted(source):
    made = notebook.student_notebook(source)
    cell(made, "answer_double").source = "def double(x):\n    return x + x"
    cell(made, "discuss_why").source = "Because."
    return made


def cell(made, name):
    return next(cell for cell in made.cells if cell.id == name)


def sources(made):
    return {cell.metadata.get("nbgrader", {}).get("grade_id", cell.id): cell.source for cell in made.cells}


def test_an_honest_submission_keeps_its_answers_and_gets_hidden_tests(submitted, source):
    rebuilt, remarks = rebuild(submitted, source)
    assert remarks == []
    nbformat.validate(rebuilt)
    assert sources(rebuilt)["answer_double"] == "def double(x):\n    return x + x"
    assert sources(rebuilt)["discuss_why"] == "Because."
    assert "double(17)" in sources(rebuilt)["test_double"]


def test_metadata_is_the_sources_whatever_was_handed_in(submitted, source):
    cell(submitted, "test_double").metadata["nbgrader"].update(points=500, locked=False, grade=False, schema_version=1)
    cell(submitted, "answer_double").metadata["nbgrader"]["grade"] = True
    rebuilt, _ = rebuild(submitted, source)
    for name in ("test_double", "answer_double"):
        got, wanted = cell(rebuilt, name).metadata["nbgrader"], cell(source, name).metadata["nbgrader"]
        assert {key: got[key] for key in wanted} == wanted


def test_a_deleted_test_is_restored_where_it_belongs(submitted, source):
    submitted.cells = [c for c in submitted.cells if c.id != "test_double"]
    rebuilt, remarks = rebuild(submitted, source)
    names = list(sources(rebuilt))
    assert names.index("test_double") == names.index("answer_double") + 1
    assert remarks == ["test_double was deleted: restored"]


def test_a_notebook_without_any_of_its_cells_is_rebuilt_whole(submitted, source):
    submitted.cells = [nbformat.v4.new_code_cell("print('mine')")]
    rebuilt, remarks = rebuild(submitted, source)
    wanted = {c.id for c in source.cells if "nbgrader" in c.metadata}
    assert wanted <= set(sources(rebuilt))
    assert rebuilt.cells[0].source == "print('mine')"
    assert "answer_double was deleted" in remarks


@pytest.mark.parametrize("twin", ["", "untouched"])
def test_of_copied_answers_the_last_filled_in_counts(twin, submitted, source):
    stub = cell(notebook.student_notebook(source), "answer_double").source
    copied = copy.deepcopy(cell(submitted, "answer_double"))
    copied.id, copied.source = "copy", stub if twin else ""
    submitted.cells.insert(3, copied)
    rebuilt, remarks = rebuild(submitted, source)
    assert sources(rebuilt)["answer_double"] == "def double(x):\n    return x + x"
    assert "stands there 2 times" in remarks[0]


def test_of_two_filled_in_copies_the_earlier_stays_as_an_ordinary_cell(submitted, source):
    copied = copy.deepcopy(cell(submitted, "answer_double"))
    copied.id, copied.source = "copy", "def double(x):\n    return 2 * x"
    submitted.cells.insert(3, copied)
    rebuilt, _ = rebuild(submitted, source)
    assert sources(rebuilt)["answer_double"] == "def double(x):\n    return 2 * x"
    assert [c.source for c in rebuilt.cells if "x + x" in c.source and "nbgrader" not in c.metadata]


def test_an_answer_that_was_split_runs_in_its_order_with_what_stands_between(submitted, source):
    """JupyterLab gives both halves of a cell that is split the same name."""
    answer = cell(submitted, "answer_double")
    half = copy.deepcopy(answer)
    half.id, half.source = "half", "double = make(k)"
    answer.source = "def make(k):\n    return lambda x: k * x"
    position = submitted.cells.index(answer) + 1
    submitted.cells[position:position] = [nbformat.v4.new_code_cell("k = 2"), half]
    rebuilt, _ = rebuild(submitted, source)
    found = [c.source for c in rebuilt.cells]
    position = found.index(answer.source)
    assert found[position : position + 3] == [answer.source, "k = 2", half.source]
    assert sources(rebuilt)["answer_double"] == half.source


@pytest.mark.parametrize("name", ["setup", "answer_double"])
def test_a_copy_does_not_draw_along_what_stands_behind_it(name, submitted, source):
    copied = copy.deepcopy(cell(submitted, name))
    copied.id = "copied"
    submitted.cells += [copied, nbformat.v4.new_code_cell("last = double(3)")]
    rebuilt, _ = rebuild(submitted, source)
    assert rebuilt.cells[-1].source == "last = double(3)"


@pytest.mark.parametrize("name", ["answer_double", "discuss_why"])
def test_in_the_place_of_a_deleted_answer_nothing_runs(name, submitted, source):
    """The student may have answered in cells of his own above it, which a stub would undo."""
    position = submitted.cells.index(cell(submitted, name))
    mine = [
        nbformat.v4.new_code_cell(words) for words in ("made = {'double': lambda x: 2 * x}", "globals().update(made)")
    ]
    stub = cell(notebook.student_notebook(source), name).source
    submitted.cells[position : position + 1] = mine
    rebuilt, remarks = rebuild(submitted, source)
    assert remarks == [f"{name} was deleted"]
    assert sources(rebuilt)[name] == ("" if name == "answer_double" else stub)
    found = [c.source for c in rebuilt.cells]
    assert found.index(mine[1].source) == found.index(mine[0].source) + 1 == found.index(sources(rebuilt)[name]) - 1


@pytest.mark.parametrize("behind", ["question_why", "discuss_why"])
def test_text_beside_an_open_question_is_pointed_out(behind, submitted, source):
    """The question earns nothing as long as nobody looks: nbgrader marks an untouched cell with zero itself."""
    stub = cell(notebook.student_notebook(source), "discuss_why").source
    mine = nbformat.v4.new_markdown_cell("Because of this.")
    submitted.cells.insert(submitted.cells.index(cell(submitted, behind)) + 1, mine)
    assert rebuild(submitted, source)[1] == []
    cell(submitted, "discuss_why").source = stub
    assert rebuild(submitted, source)[1] == [
        "discuss_why is open, but text of the student's own stands beside it: is that the answer?"
    ]
    mine.source = next(c.source for c in source.cells if not c.metadata.get("nbgrader"))  # a scratch cell of the course
    assert rebuild(submitted, source)[1] == []


def test_a_changed_locked_cell_is_restored_and_named(submitted, source):
    cell(submitted, "test_double").source = "pass"
    rebuilt, remarks = rebuild(submitted, source)
    assert "double(17)" in sources(rebuilt)["test_double"]
    assert remarks == ["test_double is locked but was changed: restored"]


def test_lines_that_end_as_on_windows_change_nothing(submitted, source):
    wanted = [c.source for c in rebuild(submitted, source)[0].cells]
    for item in submitted.cells:
        item.source = item.source.replace("\n", "\r\n")
    rebuilt, remarks = rebuild(submitted, source)
    assert [c.source for c in rebuilt.cells] == wanted and remarks == []


def test_stripped_metadata_is_found_again_by_cell_id(submitted, source):
    for stripped in submitted.cells:
        stripped.metadata = nbformat.NotebookNode()
    rebuilt, _ = rebuild(submitted, source)
    assert sources(rebuilt)["answer_double"] == "def double(x):\n    return x + x"
    assert len(rebuilt.cells) == len(source.cells)


def test_a_students_own_cell_stays_behind_the_cell_that_it_followed(submitted, source):
    position = submitted.cells.index(cell(submitted, "setup")) + 1
    submitted.cells.insert(position, nbformat.v4.new_code_cell("helper = 1"))
    rebuilt, _ = rebuild(submitted, source)
    assert rebuilt.cells[position].source == "helper = 1"


def test_an_answer_that_was_moved_below_its_test_runs_before_it(submitted, source):
    answer = cell(submitted, "answer_double")
    submitted.cells.remove(answer)
    submitted.cells.append(answer)
    names = list(sources(rebuild(submitted, source)[0]))
    assert names.index("answer_double") < names.index("test_double")


@pytest.mark.parametrize("nonsense", [5, "x", [], {"grade_id": []}, {"grade_id": 3}, {"grade_id": "test_x"}, None])
def test_nonsense_in_metadata_does_not_stop_it(nonsense, submitted, source):
    for damaged in submitted.cells:
        damaged.metadata["nbgrader"] = nonsense
    rebuilt, _ = rebuild(submitted, source)
    assert sources(rebuilt)["answer_double"] == "def double(x):\n    return x + x"


def test_more_cells_than_anybody_writes_are_left_out_and_no_answer_is_lost(submitted, source):
    submitted.cells[1:1] = [nbformat.v4.new_code_cell(f"x = {number}") for number in range(MAX_OWN_CELLS + 50)]
    twins = [copy.deepcopy(cell(submitted, "answer_double")) for _ in range(30)]
    for number, twin in enumerate(twins):
        twin.id, twin.source = f"twin-{number}", f"def double(x):\n    return {number}"
    submitted.cells += twins
    rebuilt, remarks = rebuild(submitted, source)
    named = [c for c in source.cells if "nbgrader" in c.metadata]
    scratch = len(source.cells) - len(named)
    assert len(rebuilt.cells) == MAX_OWN_CELLS + len(named)
    assert sources(rebuilt)["answer_double"] == "def double(x):\n    return 29"
    assert remarks[-1] == f"{80 + scratch} cells of the student's own are left out: more than {MAX_OWN_CELLS}"


def test_a_source_without_names_for_its_cells_is_matched_by_nbgraders(submitted, source):
    for unnamed in source.cells:
        unnamed.id = f"random-{unnamed.id}"[:60]
    rebuilt, remarks = rebuild(submitted, source)
    assert remarks == []
    assert sources(rebuilt)["answer_double"] == "def double(x):\n    return x + x"
