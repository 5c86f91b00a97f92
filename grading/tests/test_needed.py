"""Variants leave out what no test needs; what a test may look at stays, and of a test that it has passed."""

import nbformat
import pytest

from grading.execution.cells import role
from grading.execution.needed import only_needed

LOCKED = {"grade": False, "solution": False, "locked": True}
KINDS = {"given": LOCKED, "setup": LOCKED, "test": {**LOCKED, "grade": True}, "answer": {"solution": True}}


def staying(*cells, reference=None):
    """Which of these cells keep their code: pairs of a kind, "own" for a student's cell, and a source.

    `reference` is the reference solution's source for the answers at these numbers; without it an answer that is not the
    reference's stands above them all.
    """
    made = [nbformat.v4.new_code_cell(source) for _, source in cells]
    for number, (cell, (kind, _)) in enumerate(zip(made, cells, strict=True)):
        if kind in KINDS:
            name = kind if kind == "setup" else f"{kind}_{number}"
            cell.metadata["nbgrader"] = {"grade_id": name, "locked": False, "grade": False, **KINDS[kind]}
    solved = {f"answer_{number}": source for number, source in (reference or {}).items()}
    if reference is None:
        top = nbformat.v4.new_code_cell("top = 1", metadata={"nbgrader": {"grade_id": "top", **KINDS["answer"]}})
        made, solved = [top, *made], {"top": "top = 0"}
    before = [cell.source for cell in made]
    left = only_needed(nbformat.v4.new_notebook(cells=made), solved)
    assert [cell.source for cell in made] == before
    gone = [f"_{number - len(before) + len(cells)}_passed = True" for number in range(len(before))]
    for cell, source, passed in zip(left.cells, before, gone, strict=True):
        assert cell.source in (source, passed if role(cell) == "test" else "")
    stay = [cell.source == source for cell, source in zip(left.cells, before, strict=True)][-len(cells) :]
    return [number for number, stays in enumerate(stay) if stays]


def test_what_is_only_shown_goes():
    shown = "fig, ax = plt.subplots()\nfor n in range(3):\n    ax.plot(f(n))"
    assert staying(("setup", "a = 1"), ("answer", "f = abs"), ("given", shown), ("own", "f(2)"), ("test", "f(1)")) == [
        0,
        1,
        4,
    ]


@pytest.mark.parametrize("reads", ["y = x", "x += 1", "x.append(1)", "x[0] = 1", "if y: x = 1\nx", "def g(): return x"])
def test_a_cell_stays_when_what_it_sets_is_read_later(reads):
    for sets in (
        "x = []",
        "x, z = [], 1",
        "for x in [1]: pass",
        "import x",
        "def x(): pass",
        "if y: x = 2",
        "(x := 1)",
    ):
        assert staying(("given", sets), ("test", reads)) == [0, 1]
        assert staying(("given", sets), ("given", f"w = 1\n{reads}\nw"), ("test", "w")) == [0, 1, 2]
    if "[0]" not in reads:  # which changes a thing
        assert staying(("given", "x = []"), ("given", reads), ("test", "1")) == [2]


def test_what_is_set_again_first_is_not_needed():
    for again in ("x = 1", "import x", "def x(): pass", "for x in y: print(x)"):
        assert staying(("given", "x = 0"), ("test", f"{again}\nx")) == [1]
    for perhaps in ("if y:\n    x = 1", "while y:\n    x = 1", "try:\n    x = 1\nexcept y: pass", "for z in y: x = 1"):
        assert staying(("given", "x = 0"), ("test", f"{perhaps}\nx")) == [0, 1]


def test_what_a_function_reads_may_be_set_after_it():
    assert staying(("answer", "def f(): return x"), ("given", "x = 0"), ("test", "f()")) == [0, 1, 2]
    assert staying(("answer", "f = lambda: [x for _ in y]"), ("given", "x = 0"), ("test", "f()")) == [0, 1, 2]
    assert staying(("given", "def f(): global x; x = 1\nf()"), ("test", "x")) == [0, 1]
    chain = ("given", "def f(): return g()"), ("given", "def g(): return x"), ("given", "x = 0")
    assert staying(*chain, ("given", "def h(): return x"), ("test", "f()")) == [0, 1, 2, 4]


@pytest.mark.parametrize("changes", ["h.celsius = 6.3", "table[0] = 1", "del cells[:]", "h.dt += 1", "del h.cell"])
def test_what_changes_things_that_were_there_stays(changes):
    assert staying(("given", changes), ("own", changes), ("test", "1")) == [0, 1, 2]


def test_answers_tests_and_what_is_no_python_stay():
    assert staying(("setup", "x = 1"), ("answer", "y = 1"), ("test", "z = 1")) == [0, 1, 2]
    assert staying(("given", "x = 1"), ("answer", "y = = 1"), ("test", "z = 1")) == [0, 1, 2]
    assert staying(("given", "%matplotlib inline"), ("given", "x = 1")) == [0, 1]


ABOVE = (("setup", "import x"), ("answer", "a = 1"), ("test", "a"), ("answer", "b = 2"), ("test", "b"))


def test_tests_above_the_first_other_answer_go_and_so_do_answers_that_nothing_needs():
    changed = ("answer", "c = 4"), ("test", "c")
    solved = {1: "a = 1", 3: "b = 2", 5: "c = 3"}
    assert staying(*ABOVE, *changed, reference=solved) == [0, 5, 6]
    assert staying(*ABOVE, *changed, ("test", "b"), reference=solved) == [0, 3, 5, 6, 7]
    assert staying(*ABOVE, *changed, ("answer", "d"), ("test", "d"), reference=solved | {7: "d"}) == [0, 5, 6, 7, 8]
    assert staying(*ABOVE, *changed, reference=solved | {3: "b = 1"}) == [0, 3, 4, 5, 6]
    assert staying(*ABOVE, ("answer", "def c(): return a"), ("test", "c"), reference=solved) == [0, 1, 5, 6]


def test_where_all_answers_are_the_references_all_cells_stay():
    assert staying(*ABOVE, ("given", "plot(a)"), reference={1: "a = 1", 3: "b = 2"}) == [0, 1, 2, 3, 4, 5]


def test_an_answer_above_that_changes_things_stays():
    changes = ("answer", "h.celsius = 6.3"), ("test", "h"), ("answer", "c = 4"), ("test", "c")
    assert staying(*changes, reference={0: "h.celsius = 6.3", 2: "c = 3"}) == [0, 2, 3]


def test_what_a_test_sets_hides_nothing_from_other_tests_and_keeps_no_test():
    solved = {0: "_x = 1", 4: "c = 3"}
    cells = ("answer", "_x = 1"), ("given", "_y = 2"), ("test", "_x = _y = 0"), ("given", "z = 3"), ("answer", "c = 4")
    assert staying(*cells, ("test", "_x = 2\n_x[0] = _x"), ("test", "_y"), reference=solved) == [1, 4, 5, 6]
