"""The build on tiny texts: what each role becomes, and the error for each mistake."""

from dataclasses import replace

import nbformat
import pytest
from nbgrader.preprocessors import CheckCellMetadata

from grading.build import markers, notebook, text, units
from grading.course import Course, CourseError, Unit

UNIT = Unit("00_tiny", "exercise", "Tiny", minutes=1, automatic=3, manual=2)
COURSE = Course("Tiny", "ebrains-25.02", "https://example.org/tiny", "main", 60, (UNIT,))
GOOD = '''\
# %% [markdown]
# # A tiny unit
#
# With words.

# %% tags=["setup"]
import checks

# %% answer="double"
def double(x):
    """Twice x."""
    ### BEGIN SOLUTION
    return 2 * x  # solved
    ### END SOLUTION


# %% test="double" points=2
# Doubles a number (2 points).
checks.close(double(2), 4, what="double(2)")
### BEGIN HIDDEN TESTS
checks.close(double(17), 34, what="another double")
### END HIDDEN TESTS

# %% test="double/zero" points=1
checks.close(double(0), 0, what="double(0)")

# %% tags=["guard"]
assert double(3) == 6, "guarded"

# %% tags=["scratch"]
double(5)

# %% [markdown] discuss="why" points=2
# Why twice?
#
# ### BEGIN MARK SCHEME
# One point for each half.
# ### END MARK SCHEME
'''


@pytest.fixture
def tiny(tmp_path):
    """A writer of texts: `tiny(old, new)` replaces words of GOOD and returns the path."""

    def write(old="", new=""):
        assert old in GOOD
        path = tmp_path / "grading/text/00_tiny/00_tiny.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(GOOD.replace(old, new, 1) if old else GOOD)
        return path

    return write


@pytest.fixture
def source(tiny):
    return notebook.source_notebook(text.read(tiny(), UNIT), COURSE)


def by_id(made):
    return {cell.id: cell for cell in made.cells}


def test_ids_come_from_names_not_positions(source):
    given = ["given_a_tiny_unit", "setup"]
    graded = ["answer_double", "test_double", "test_double_zero", "scratch_double_5", "question_why", "discuss_why"]
    assert [cell.id for cell in source.cells] == [*given, *graded, "summary"]


def test_metadata_is_what_nbgrader_accepts(source):
    CheckCellMetadata().preprocess(source, {})
    cells = by_id(source)
    assert "nbgrader" not in cells["scratch_double_5"].metadata
    flags = {
        name: [cells[name].metadata.nbgrader[key] for key in ("grade", "solution", "locked")]
        for name in cells
        if "nbgrader" in cells[name].metadata
    }
    assert flags == {
        "given_a_tiny_unit": [False, False, True],
        "setup": [False, False, True],
        "answer_double": [False, True, False],
        "test_double": [True, False, True],
        "test_double_zero": [True, False, True],
        "question_why": [False, False, True],
        "discuss_why": [True, True, False],
        "summary": [False, False, True],
    }
    assert cells["test_double"].metadata.nbgrader["points"] == 2


def test_student_gets_neither_answers_nor_hidden_tests(source):
    student = by_id(notebook.student_notebook(source))
    everything = "\n".join(cell.source for cell in student.values())
    for secret in ("solved", "17", "One point", "guarded", "BEGIN", "END"):
        assert secret not in everything
    assert "Twice x." in student["answer_double"].source
    assert "NotImplementedError" in student["answer_double"].source
    assert student["discuss_why"].source == markers.TEXT_STUB
    assert not student["test_double"].metadata["editable"]
    assert "editable" not in student["answer_double"].metadata


def test_solution_has_answers_and_mark_scheme_but_no_hidden_tests(source):
    solution = by_id(notebook.solution_notebook(source))
    everything = "\n".join(cell.source for cell in solution.values())
    assert "solved" in everything and "One point" in everything
    assert "17" not in everything and "guarded" not in everything and "### " not in everything


def test_test_cells_record_what_passed(source):
    lines = by_id(source)["test_double"].source.splitlines()
    assert lines[:2] == ["# Doubles a number (2 points).", 'checks.begin("test_double", points=2)']
    assert lines[lines.index("### BEGIN HIDDEN TESTS") - 1] == 'checks.passed("test_double")'


def test_summary_lists_every_graded_item(source):
    summary = by_id(source)["summary"].source
    for entry in ('"test_double": 2', '"test_double_zero": 1', '"discuss_why": 2'):
        assert entry in summary


def test_guarded_notebook_runs_everything_with_answers(tiny):
    guarded = notebook.guarded_notebook(text.read(tiny(), UNIT), COURSE)
    everything = "\n".join(cell.source for cell in guarded.cells)
    assert "guarded" in everything and "17" in everything and "solved" in everything


def test_kernel_is_stamped_and_bytes_repeat(tiny):
    first, second = (notebook.dumps(notebook.source_notebook(text.read(tiny(), UNIT), COURSE)) for _ in range(2))
    assert first == second
    assert nbformat.reads(first, as_version=4).metadata.kernelspec.name == "ebrains-25.02"


def test_given_cells_that_begin_alike_get_ids_from_their_content(tiny):
    path = tiny('# %% tags=["scratch"]', '# %%\nx = 1\n\n# %%\nx = 1  # again\n\n# %% tags=["scratch"]')
    made = notebook.source_notebook(text.read(path, UNIT), COURSE)
    assert len({cell.id for cell in made.cells}) == len(made.cells)


def test_markers_of_a_mark_scheme_may_stand_without_the_comment_sign(tiny):
    path = tiny(
        "# ### BEGIN MARK SCHEME\n# One point for each half.\n# ### END", "### BEGIN MARK SCHEME\n# One.\n### END"
    )
    assert (
        "One."
        not in notebook.student_notebook(notebook.source_notebook(text.read(path, UNIT), COURSE)).cells[-2].source
    )


def test_build_writes_reports_and_then_changes_nothing(tiny, tmp_path):
    tiny()
    figure = tmp_path / "grading/text/00_tiny/figures/a.png"
    figure.parent.mkdir()
    figure.write_bytes(b"png")
    assert {path.relative_to(tmp_path).parts[0] for path in units.build(COURSE, tmp_path)} == {
        "Exercises",
        "Solutions",
        "grading",
    }
    assert (tmp_path / "Exercises/00_tiny/figures/a.png").exists()
    assert (tmp_path / "Exercises/00_tiny/checks.py").exists()
    assert units.build(COURSE, tmp_path) == []
    stray = tmp_path / "Exercises/00_tiny/old.png"
    stray.write_bytes(b"")
    assert units.unknown_files(COURSE, tmp_path) == [stray]


def test_an_error_leaves_the_tree_as_it_was(tiny, tmp_path):
    tiny("points=1", "points=5")
    with pytest.raises(CourseError):
        units.build(COURSE, tmp_path)
    assert not (tmp_path / "Exercises").exists()


@pytest.mark.parametrize("kind, place", [("exercise", "Exercises/00_tiny/mod"), ("lecture", "lectures/mod/00_tiny")])
def test_mechanisms_of_the_library_are_copied_byte_for_byte(kind, place, tiny, tmp_path):
    content = b"NEURON { SUFFIX used }\r\n"
    path = tiny()
    if kind == "lecture":
        path = tmp_path / "lectures/text/00_tiny.py"
        path.parent.mkdir(parents=True)
        path.write_text("# %% [markdown]\n# # A tiny lecture\n")
    library = tmp_path / "grading/mechanisms"
    library.mkdir()
    for name in ("used", "unused"):
        (library / f"{name}.mod").write_bytes(content)
    unit = replace(UNIT, kind=kind, mechanisms=("used",))
    course = replace(COURSE, units=(unit,))
    units.build(course, tmp_path)
    assert [(path.name, path.read_bytes()) for path in (tmp_path / place).iterdir()] == [("used.mod", content)]
    assert units.build(course, tmp_path) == []


def test_a_mechanism_that_is_missing_or_doubled_is_named(tiny, tmp_path):
    tiny()
    course = replace(COURSE, units=(replace(UNIT, mechanisms=("used",)),))
    with pytest.raises(CourseError, match="'00_tiny': there is no mechanism grading/mechanisms/used.mod"):
        units.build(course, tmp_path)
    for folder in ("grading/mechanisms", "grading/text/00_tiny/mod"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "used.mod").write_text("")
    with pytest.raises(CourseError, match="text/00_tiny/mod/used.mod: the unit takes this mechanism"):
        units.build(course, tmp_path)


MISTAKES = {
    "unknown role": ('answer="double"', 'anwser="double"', 9, "unknown role 'anwser'"),
    "unknown tag": ('tags=["guard"]', 'tags=["gaurd"]', 27, "unknown role 'gaurd'"),
    "role as a tag": ('tags=["guard"]', 'tags=["answer"]', 27, "unknown role 'answer'"),
    "doubled key": ("points=2", "points=2 points=3", 17, "stands twice"),
    "two roles": ('answer="double"', 'answer="double" test="double"', 9, "one role"),
    "unreadable option": ("points=2", "points:2", 17, "cannot read"),
    "unreadable value": ("points=2", "points=two", 17, "cannot read the value"),
    "unreadable header": ('# %% answer="double"', '# %%answer="double"', 9, "cannot read the header"),
    "no points": (' points=2\n# Doubles', "\n# Doubles", 17, "needs points"),
    "zero points": ("points=1", "points=0", 24, "needs points"),
    "fractional points": ("points=1", "points=1.5", 24, "needs points"),
    "points for nothing": ('tags=["guard"]', 'tags=["guard"] points=2', 27, "has no points"),
    "bad name": ('answer="double"', 'answer="Double It"', 9, "lower-case"),
    "slash in an answer": ('answer="double"', 'answer="double/it"', 9, "only a test"),
    "discussion as code": ('[markdown] discuss="why"', 'discuss="why"', 33, "must be [markdown]"),
    "answer as markdown": ('# %% answer="double"', '# %% [markdown] answer="double"', 9, "must not be [markdown]"),
    "no solution marker": ("    ### BEGIN SOLUTION\n", "", 13, "without its partner"),
    "solution never closed": ("    ### END SOLUTION\n", "", 9, "never closed"),
    "solution in a given cell": ("import checks", "### BEGIN SOLUTION\n### END SOLUTION", 7, "does not belong"),
    "misspelt marker": ("### BEGIN HIDDEN TESTS", "# BEGIN HIDDEN TESTS", 20, "write the marker"),
    "no mark scheme": (GOOD[GOOD.index("# ### BEGIN MARK") :], "", 33, "say how it is judged"),
    "syntax error": ("return 2 * x ", "return 2 * ", 13, "not valid Python"),
    "test overwrites a name": ('checks.close(double(0)', 'x = 0\nchecks.close(double(0)', 25, "assigns 'x'"),
    "test shows what it expects": (
        "checks.close(double(0)", "np.testing.assert_allclose(double(0)", 25, "shows students the values"),
    "test without an answer": ('test="double/zero"', 'test="triple"', 24, "no answer='triple'"),
    "test before its answer": (
        '# %% answer="double"', '# %% test="double/early" points=1\npass\n\n# %% answer="double"', 9, "no answer='double'"),
    "doubled test": ('test="double/zero"', 'test="double"', 24, "stands already in line 17"),
    "answer without a test": (
        '# %% tags=["scratch"]\n', '# %% answer="extra"\n### BEGIN SOLUTION\n### END SOLUTION\n', 30, "has no test"),
    "second setup": ('tags=["scratch"]', 'tags=["setup"]', 30, "exactly one setup"),
    "points do not add up": ("points=1", "points=7", 17, "add up to 9 points"),
    "manual points do not add up": ('discuss="why" points=2', 'discuss="why" points=4', 33, "add up to 4 points"),
    "empty cell": ("double(5)\n", "", 30, "an empty cell"),
    "code before the first cell": ("# %% [markdown]\n# # A", "import os\n\n# %% [markdown]\n# # A", 1, "no cell"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_name_file_and_line(mistake, tiny):
    old, new, line, words = MISTAKES[mistake]
    path = tiny(old, new)
    with pytest.raises(text.TextError) as caught:
        text.read(path, UNIT)
    message = str(caught.value)
    assert words in message
    assert message.startswith(f"{path}:{line}:"), message


def test_lecture_takes_no_answers(tiny):
    lecture = Unit("00_tiny", "lecture", "Tiny", minutes=1)
    with pytest.raises(text.TextError, match="a lecture has no cell of role 'answer'"):
        text.read(tiny(), lecture)


def test_missing_text_is_named():
    with pytest.raises(CourseError, match="99_none.py: the text of 99_none is missing"):
        missing = Unit("99_none", "exercise", "None", minutes=1)
        text.read(missing.text, missing)
