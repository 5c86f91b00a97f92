"""Mutants of reference solutions: where they are made, what they are called, how their fates are reported."""

import pytest

from grading import mutants
from grading.build.markers import SOLUTION, drop_markers
from grading.build.text import Cell
from grading.course import CourseError
from grading.variants import NOT_GRADED

BEFORE = 'def twice(x):\n    """Twice x, as in 1 + 1."""\n    y = None\n'
SOLVED = "    y = 2 * x\n    return np.sum(y, axis=0)\n"
AFTER = "\n\nz = 3 + 4"
TESTS = {"twice": {"test_twice", "test_twice_units"}, "thrice": {"test_thrice"}}


def answer(before=BEFORE, solved=SOLVED, after=AFTER, name="twice"):
    return Cell("answer", "code", f"{before}    {SOLUTION[0]}\n{solved}    {SOLUTION[1]}{after}", 1, name)


def fates(failed):
    """Two mutants; the second is caught, the first fails these tests."""
    first, second = mutants.mutants(answer())[:2]
    messages = {"test_twice": "wrong"}
    return [mutants.fate(first, failed, TESTS), mutants.fate(second, messages, TESTS)]


def test_mutants_change_the_solution_and_nothing_else():
    source = drop_markers(answer().source, SOLUTION)
    made = [mutant.source for mutant in mutants.mutants(answer())]
    assert len(made) == len(set(made)) > 5 and source not in made
    assert all(code.startswith(BEFORE) and code.endswith(AFTER) for code in made)
    for change in ("y = 2 / x", "y = 3 * x", "np.sum(y, )", "axis=1"):
        assert sum(change in code for code in made) == 1, change
    for code in made:
        compile(code, "mutant", "exec")


def test_names_stay_while_answer_and_solution_stay():
    names = [mutant.name for mutant in mutants.mutants(answer())]
    assert len(names) == len(set(names)) and all(name.startswith("twice_") for name in names)
    moved = answer(before='def twice(x):\n    """Other words.\n\n    Many more of them.\n    """\n', after="")
    assert [mutant.name for mutant in mutants.mutants(moved)] == names
    assert not set(names) & {mutant.name for mutant in mutants.mutants(answer(name="thrice"))}
    assert not set(names) & {mutant.name for mutant in mutants.mutants(answer(solved=SOLVED.replace("2", "5")))}


@pytest.mark.parametrize("failed", [{}, {"test_thrice": "wrong"}])
def test_a_survivor_is_reported_until_it_is_explained(failed):
    """The test of another answer does not count: it would punish the wrong task."""
    survivor, caught = fates(failed)
    findings = mutants.judge([survivor, caught], {})
    assert findings.unexplained == [survivor]
    report = mutants.words(findings)
    assert survivor.mutant.name in report and survivor.mutant.diff in report and caught.mutant.name not in report
    assert all(name in report for name in failed)
    explained = mutants.judge([survivor, caught], {survivor.mutant.name: "it does the same"})
    assert not explained.unexplained and not explained.stale and survivor.mutant.name not in mutants.words(explained)


def test_explanations_of_what_does_not_survive_are_named():
    survivor, caught = fates({})
    explained = {name: "once" for name in (survivor.mutant.name, caught.mutant.name, "twice_00000000")}
    findings = mutants.judge([survivor, caught], explained)
    assert set(findings.stale) == {caught.mutant.name, "twice_00000000"}
    assert all(name in mutants.words(findings) for name in findings.stale)


def test_a_mutant_that_was_not_graded_is_neither_caught_nor_a_survivor():
    lost, caught = fates({NOT_GRADED: "not graded: no memory left"})
    findings = mutants.judge([lost, caught], {})
    assert findings.not_graded == [lost] and not findings.survivors
    assert "no memory left" in mutants.words(findings)


def test_explanations_are_read_and_checked(tmp_path):
    path = tmp_path / "survivors.toml"
    assert mutants.explanations(path) == {}
    entry = '[[survivors]]\nreason = "it does the same"\nmutants = ["twice_1", "twice_2"]\n'
    path.write_text(entry)
    assert mutants.explanations(path) == dict.fromkeys(("twice_1", "twice_2"), "it does the same")
    for wrong in (entry * 2, entry.replace("it does the same", ""), entry.replace('"twice_1", "twice_2"', "")):
        path.write_text(wrong)
        with pytest.raises(CourseError, match="twice|reason"):
            mutants.explanations(path)


def test_every_committed_explanation_belongs_to_a_mutant(exercise):
    from grading import variants
    from grading.build import text

    explained = mutants.explanations(variants.FOLDER / exercise.id / "survivors.toml")
    cells = [cell for cell in text.read(exercise.text, exercise) if cell.role == "answer"]
    assert set(explained) <= {mutant.name for cell in cells for mutant in mutants.mutants(cell)}
