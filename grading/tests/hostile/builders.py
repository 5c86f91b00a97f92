"""Hostile submissions that are made of more than cells: metadata, files beside the notebook, the notebook's own text.

Each is a function of the honest notebook and its folder that writes the submission; the docstring says what it does,
the decorator what must happen.
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

EVIL = "<script>hostile()</script><img src=x onerror=hostile()>"
WRONG = "def double(x):\n    return 4.0"


@dataclass(frozen=True)
class Hostile:
    """A submission: what kind, what it does, which tests must fail, words of the report; None where it is not graded.

    `right`: its answers are those of the honest one, and it attacks what runs them.
    """

    name: str
    kind: str
    what: str
    write: Callable[[NotebookNode, Path], None]
    fails: tuple[str, ...] | None
    says: str = ""
    right: bool = False


BUILT: list[Hostile] = []
NAME = "00_hostile.ipynb"


def hostile(kind: str, fails: str | None = "", says: str = "", right: bool = False):
    """Register a builder; `fails` lists tests, None means that the submission cannot be graded."""

    def register(build: Callable[[NotebookNode, Path], None]):
        tests = None if fails is None else tuple(filter(None, fails.split(", ")))
        BUILT.append(Hostile(build.__name__, kind, build.__doc__, build, tests, says, right))
        return build

    return register


def cell(made: NotebookNode, name: str) -> NotebookNode:
    return next(cell for cell in made.cells if cell.id == name)


def save(made: NotebookNode, folder: Path) -> None:
    (folder / NAME).write_text(json.dumps(made), encoding="utf-8")


def wrong(made: NotebookNode) -> NotebookNode:
    cell(made, "answer_double").source = WRONG
    return made


# --- 1: metadata ---------------------------------------------------------------------------------------------------------


@hostile("1_metadata", "test_double", "test_double is locked but was changed: restored")
def test_edited(made, folder):
    """The test cell is rewritten so that it passes."""
    cell(wrong(made), "test_double").source = "assert True"
    save(made, folder)


@hostile("1_metadata", "test_double, test_total", "changed: restored")
def tests_emptied(made, folder):
    """Test cells are emptied."""
    cell(wrong(made), "answer_total").source = "total = None"
    for name in ("test_double", "test_total"):
        cell(made, name).source = ""
    save(made, folder)


@hostile("1_metadata", "test_double", "test_double was deleted: restored")
def test_deleted(made, folder):
    """The test cell is deleted."""
    wrong(made).cells.remove(cell(made, "test_double"))
    save(made, folder)


@hostile("1_metadata", "test_double")
def test_retyped(made, folder):
    """The test cell becomes a Markdown cell, the answer a raw cell."""
    test = cell(wrong(made), "test_double")
    position = made.cells.index(test)
    made.cells[position] = nbformat.from_dict(dict(test, cell_type="markdown"))
    for gone in ("outputs", "execution_count"):
        made.cells[position].pop(gone, None)
    save(made, folder)


@hostile("1_metadata", "test_double")
def test_doubled(made, folder):
    """The test cell stands there twice, the second passes."""
    twin = nbformat.from_dict(cell(wrong(made), "test_double"))
    twin.id, twin.source = "twin", "assert True"
    made.cells.append(twin)
    save(made, folder)


@hostile("1_metadata", "test_double")
def points_changed(made, folder):
    """Each test is worth a thousand points, and the answers are graded, too."""
    for test in wrong(made).cells:
        test.metadata.setdefault("nbgrader", {}).update(points=1000, grade=True, solution=True, locked=False)
    save(made, folder)


@hostile("1_metadata", "test_double")
def ids_exchanged(made, folder):
    """The wrong answer goes by the name of a test, the test by the name of an answer."""
    answer, test = cell(wrong(made), "answer_double"), cell(made, "test_double")
    answer.metadata.nbgrader.grade_id, test.metadata.nbgrader.grade_id = "test_double", "answer_double"
    save(made, folder)


@hostile("1_metadata", "test_double")
def unknown_ids(made, folder):
    """Cells with new names, points and tasks that no exercise has, and schemas from the future."""
    save(wrong(made), folder)
    for number, version in enumerate((3, 99, "x", None)):
        metadata = dict(
            grade_id=f"new_{number}", grade=True, solution=False, locked=True, points=50, schema_version=version
        )
        made.cells.append(nbformat.v4.new_code_cell("1.0", metadata={"nbgrader": metadata}))
    save(made, folder)


@hostile("1_metadata", "test_double")
def tags_that_skip(made, folder):
    """Tags that make executors skip a cell or expect its error."""
    for test in wrong(made).cells:
        test.metadata["tags"] = ["raises-exception", "skip-execution", "remove-cell"]
    save(made, folder)


@hostile("1_metadata", "test_double")
def setup_edited(made, folder):
    """The set-up cell, which also runs where the tests run, is rewritten: it replaces checks, and it passes itself off."""
    wrong(made)
    evil = "import numpy as np\nimport matplotlib.pyplot as plt\nclass checks:\n    close = passed = begin = print"
    for name in ("setup", "summary"):
        cell(made, name).source = evil
    made.cells.insert(
        0, nbformat.v4.new_code_cell(evil, metadata={"nbgrader": dict(cell(made, "setup").metadata.nbgrader)})
    )
    save(made, folder)


@hostile("1_metadata", "test_double")
def outputs_forged(made, folder):
    """Every cell comes with outputs of a run in which all went well, and a score as its result."""
    for test in wrong(made).cells:
        if test.cell_type == "code":
            test.execution_count = 1
            test.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "1000.0"}, execution_count=1)]
    save(made, folder)


@hostile("1_metadata", "test_double")
def metadata_is_nonsense(made, folder):
    """Metadata of types that nobody expects."""
    data = json.loads(nbformat.writes(wrong(made)))
    for position, test in enumerate(data["cells"]):
        test["metadata"]["nbgrader"] = [None, 5, [], "x", {"grade_id": []}, {"grade_id": {"a": 1}}][position % 6]
    data["metadata"]["kernelspec"] = 5
    (folder / NAME).write_text(json.dumps(data))


@hostile("1_metadata", "")
def metadata_stripped(made, folder):
    """An editor took all metadata away: nothing was meant badly, and all is graded."""
    for test in made.cells:
        test.metadata = NotebookNode()
    made.metadata = NotebookNode()
    save(made, folder)


# --- 2: the kernel's machinery -------------------------------------------------------------------------------------------

# The bridge's own names, by way of the loop in which it listens.
FIND_BRIDGE = """
import asyncio

_selected = asyncio.get_event_loop()._selector.get_map().values()
_handles = [handle for key in _selected for handle in key.data if handle]
_accepts = next(handle for handle in _handles if handle._callback.__name__ == "_accept_connection")
_bridge = _accepts._args[0].data_received.__globals__
_encode = _bridge["values"].encode
"""


def in_the_bridge(made: NotebookNode, folder: Path, code: str) -> None:
    """The honest answers, and a cell before them that finds the bridge as `_bridge` and runs this."""
    behind = made.cells.index(cell(made, "setup")) + 1
    made.cells.insert(behind, nbformat.v4.new_code_cell(f"{FIND_BRIDGE}\n{code}"))
    save(made, folder)


@hostile("2_machinery", "test_double, test_draw, test_last", "another double: too small", right=True)
def bridge_replaced(made, folder):
    """Replaces the bridge by one that returns the visible example's result from every call."""
    code = '_bridge["call"] = lambda handle, arguments: _encode(["value", 4.0])'
    in_the_bridge(made, folder, code + '\n_bridge["figure_data"] = lambda handle: _encode(["value", {"axes": []}])')


@hostile("2_machinery", "test_double, test_total, test_draw, test_last", "'float' object is not callable", right=True)
def bridge_knows_one_answer(made, folder):
    """Answers every question of the grader with the visible example's result."""
    in_the_bridge(made, folder, '_bridge["look"] = lambda name: _encode(["value", 4.0])')


@hostile("2_machinery", "test_double, test_total, test_draw, test_last", "no sensible answer", right=True)
def bridge_answers_nonsense(made, folder):
    """Replaces the bridge by one that answers with code, and with what is no text."""
    code = """_bridge["look"] = lambda name: "__import__('os').system('true')" if name == "total" else 5"""
    in_the_bridge(made, folder, code)


@hostile("2_machinery", "test_double", "no sensible answer", right=True)
def bridge_answers_too_much(made, folder):
    """Answers one question with 70 MB."""
    code = """
_look = _bridge["look"]
_bridge["look"] = lambda name: '"' + 70_000_000 * "n" + '"' if name == "double" else _look(name)
"""
    in_the_bridge(made, folder, code)


@hostile("2_machinery", "test_double, test_total, test_draw, test_last", "no sensible answer", right=True)
def bridge_answers_what_parses_slowly(made, folder):
    """Answers every question of the grader with megabytes of brackets."""
    in_the_bridge(made, folder, '_bridge["look"] = lambda name: "[" + "[1]," * 2_400_000 + "1]"')


@hostile("2_machinery", "test_double, test_total, test_draw, test_last", right=True)
def bridge_answers_before_it_is_asked(made, folder):
    """A thread sends the visible example's result to the grader, again and again."""
    code = """
import threading
import time

_transports = []
_bridge["Connection"].connection_made = lambda self, transport: _transports.append(transport)
_bridge["Connection"].data_received = lambda self, data: _transports[-1].write(b"null\\n")


def _answer():
    while True:
        time.sleep(0.001)
        for transport in list(_transports):
            transport.write(b'["value",["float","0x1p+2"]]\\n')


threading.Thread(target=_answer, daemon=True).start()
"""
    in_the_bridge(made, folder, code)


@hostile("2_machinery", "test_double, test_total, test_draw, test_last", "no sensible answer", right=True)
def bridge_hangs_up(made, folder):
    """Closes the connection on every question but whether it is there."""
    code = """
_received = _bridge["Connection"].data_received


def _hang_up(self, data):
    _received(self, data) if b"ping" in data else self._transport.abort()


_bridge["Connection"].data_received = _hang_up
"""
    in_the_bridge(made, folder, code)


@hostile("2_machinery", "test_double", "did not end", right=True)
def bridge_answers_letter_by_letter(made, folder):
    """Sends an answer that never ends, one letter at a time."""
    code = """
import threading
import time

_received = _bridge["Connection"].data_received


def _letters(connection):
    while True:
        connection._transport.write(b" ")
        time.sleep(0.1)


def _drip(self, data):
    if b"double" in data:
        threading.Thread(target=_letters, args=[self], daemon=True).start()
    else:
        _received(self, data)


_bridge["Connection"].data_received = _drip
"""
    in_the_bridge(made, folder, code)


# --- 3: libraries ---------------------------------------------------------------------------------------------------------

FAKE = "def __getattr__(name):\n    return lambda *args, **kwargs: True\n"


@hostile("3_libraries", "test_double, test_draw", "another double")
def modules_beside_the_notebook(made, folder):
    """A checks.py, a numpy.py and modules of the kernel's own, handed in beside the notebook."""
    for name in (
        "checks",
        "numpy",
        "json",
        "base64",
        "zmq",
        "ipykernel",
        "matplotlib",
    ):
        (folder / f"{name}.py").write_text(FAKE)
    (folder / "checks").mkdir()
    (folder / "checks/__init__.py").write_text(FAKE)
    save(wrong(made), folder)


@hostile("3_libraries", "test_double", "another double")
def start_up_files(made, folder):
    """Files that Python, IPython, Jupyter, Matplotlib and pytest read when they start."""
    evil = "raise SystemExit('hostile')"
    for name in (
        "sitecustomize.py",
        "usercustomize.py",
        "conftest.py",
        "ipython_config.py",
        "jupyter_config.py",
        "nbgrader_config.py",
    ):
        (folder / name).write_text(evil)
    for name in (".ipython/profile_default/startup/00.py", ".jupyter/jupyter_config.py", "grading/__init__.py"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(evil)
    (folder / "matplotlibrc").write_text("backend: nonsense")
    (folder / "evil.pth").write_text("import os; os._exit(0)")
    save(wrong(made), folder)


@hostile("3_libraries", "")
def files_and_folders_exchanged(made, folder):
    """A folder where the course has a file."""
    (folder / "checks.py").mkdir()
    (folder / "checks.py/x.py").write_text(FAKE)
    save(made, folder)


# --- 6: writing -----------------------------------------------------------------------------------------------------------


@hostile("6_writing", "")
def links_beside_the_notebook(made, folder):
    """Links to the gradebook, to another submission, to a device without end, to themselves, and a pipe."""
    workspace = folder.parents[2]
    for name, target in (
        ("gradebook.db", workspace / "gradebook.db"), ("other", workspace / "submitted/honest_a"), ("endless", "/dev/zero"),
        ("self", "self"), ("up", ".."), ("secret.txt", workspace / "secret.txt"), ("broken", "/nowhere"),
    ):  # fmt: skip
        os.symlink(target, folder / name)
    os.mkfifo(folder / "pipe")
    save(made, folder)


@hostile("6_writing", None, "link")
def notebook_is_a_link(made, folder):
    """The notebook is a link to another student's."""
    os.symlink(folder.parents[1] / "honest_a/00_hostile" / NAME, folder / NAME)


@hostile("6_writing", "")
def another_notebook_beside_it(made, folder):
    """Copies and other notebooks beside the right one, one of them damaged."""
    save(made, folder)
    (folder / "Untitled.ipynb").write_text(nbformat.writes(wrong(made)))
    (folder / "damaged.ipynb").write_text("{")
    (folder / "00_hostile-Copy1.ipynb").write_text(nbformat.writes(made))


@hostile("6_writing", "")
def results_handed_in(made, folder):
    """Results and grades of its own, in the folders that grading uses."""
    result = dict(digest="x", notebook="{}", remarks=[], seconds=0, memory_mb=0)
    for name in (
        "executed/00_hostile/results_handed_in.json",
        "outcomes/00_hostile/results_handed_in.json",
        "gradebook.db",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(result))
    save(made, folder)


@hostile("6_writing", "test_double", "another double")
def autograded_handed_in(made, folder):
    """A notebook that says of itself that it was graded, with remarks of its own."""
    made.metadata["grading"] = {"remarks": ["excellent"]}
    for test in made.cells:
        test.metadata.setdefault("nbgrader", {})["score"] = 1000
    save(wrong(made), folder)


# --- 9: web ----------------------------------------------------------------------------------------------------------------


@hostile("9_web", "")
def markdown_with_scripts(made, folder):
    """Scripts in the answer to a discussion question, in a cell of its own, in attachments and in metadata."""
    links = (
        "[x](javascript:hostile()) <a href='javascript:hostile()'>x</a> <iframe src='javascript:hostile()'></iframe>"
    )
    cell(made, "discuss_why").source = f"Because $a < b$.\n\n{EVIL}\n\n{links}\n\n<style>*{{display:none}}</style>"
    made.cells.append(nbformat.v4.new_markdown_cell(f"# {EVIL}\n\n<details open ontoggle=hostile()>"))
    made.cells[-1]["attachments"] = {"x.png": {"image/png": EVIL}}
    made.metadata["title"] = EVIL
    made.metadata["kernelspec"] = {"name": EVIL, "display_name": EVIL, "language": EVIL}
    save(made, folder)


@hostile("9_web", "")
def names_with_scripts(made, folder):
    """Cell ids, grade ids and file names that are scripts."""
    for number in range(3):
        metadata = dict(
            grade_id=f"{EVIL}{number}", grade=True, solution=False, locked=False, points=5, schema_version=3
        )
        made.cells.append(nbformat.v4.new_code_cell("1", metadata={"nbgrader": metadata}))
        (folder / f"<img src=x onerror=hostile()>{number}.txt").write_text(EVIL)
    save(made, folder)


@hostile("9_web", "", "pages show the first 200000 characters")
def markdown_that_takes_long(made, folder):
    """Three hundred cells of formulae that begin and never end, on which a page's renderer works for seconds each."""
    for number in range(300):
        made.cells.append(nbformat.v4.new_markdown_cell("\\begin{a}" * 2000, id=f"m{number}"))
    save(made, folder)


# --- 10: transport -----------------------------------------------------------------------------------------------------------


@hostile("10_transport", None, "not JSON")
def damaged_json(made, folder):
    """A file that ends in the middle."""
    text = nbformat.writes(made)
    (folder / NAME).write_text(text[: len(text) // 2])


@hostile("10_transport", None, "not JSON")
def empty_file(made, folder):
    """Nothing in it."""
    (folder / NAME).write_text("")


@hostile("10_transport", None, "")
def nested_too_deeply(made, folder):
    """A hundred thousand brackets."""
    (folder / NAME).write_text('{"cells": ' + "[" * 100_000)


@hostile("10_transport", "")
def other_encoding(made, folder):
    """A notebook in UTF-16."""
    (folder / NAME).write_text(nbformat.writes(made), encoding="utf-16")


@hostile("10_transport", "")
def byte_order_mark(made, folder):
    """A notebook that an editor of Windows put a mark in front of."""
    (folder / NAME).write_text(nbformat.writes(made), encoding="utf-8-sig")


@hostile("10_transport", "")
def old_format(made, folder):
    """A notebook of format 3."""
    (folder / NAME).write_text(json.dumps(nbformat.convert(made, 3)))


@hostile("10_transport", "", "")
def heading_of_a_trillion(made, folder):
    """A notebook of format 3 with a heading of level 10¹², which a converter writes as so many signs."""
    data = json.loads(json.dumps(nbformat.convert(made, 3)))
    heading = dict(cell_type="heading", level=10**12, source="Title", metadata={})
    data["worksheets"][0]["cells"].insert(1, heading)
    (folder / NAME).write_text(json.dumps(data))


@hostile("10_transport", None, "25007 cells, more than 20000")
def millions_of_cells(made, folder):
    """More empty cells than anybody writes: a file of a few megabytes can hold a million, each of which takes time."""
    data = json.loads(nbformat.writes(made))
    data["cells"] += [{}] * (25_007 - len(data["cells"]))
    (folder / NAME).write_text(json.dumps(data))


@hostile("10_transport", None, "rename it?")
def name_that_moves_the_terminal(made, folder):
    """The notebook has another name, of codes that would clear and retitle the terminal of whoever grades."""
    (folder / "\x1b]0;hostile\x07\x1b[2J\u202e.ipynb").write_text(nbformat.writes(made))


@hostile("10_transport", "")
def format_of_the_future(made, folder):
    """A notebook of format 5."""
    (folder / NAME).write_text(json.dumps(dict(json.loads(nbformat.writes(made)), nbformat=5)))


@hostile("10_transport", "")
def another_kernel(made, folder):
    """A notebook that asks for another kernel and another language."""
    made.metadata["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
    made.metadata["language_info"] = {"name": "R"}
    save(made, folder)


@hostile("10_transport", "")
def cells_of_other_types(made, folder):
    """Cells that are no cells."""
    data = json.loads(nbformat.writes(made))
    data["cells"] += [None, 5, [], "x", {"cell_type": "code"}, {"cell_type": 5, "source": 7, "metadata": None}]
    (folder / NAME).write_text(json.dumps(data))


@hostile("10_transport", "")
def sources_in_lines_and_odd_letters(made, folder):
    """Sources as lists of lines, zero bytes, letters of every alphabet, and half a letter that no file can hold."""
    data = json.loads(nbformat.writes(made))
    for item in data["cells"]:
        if isinstance(item["source"], str):
            item["source"] = item["source"].splitlines(keepends=True)
    odd = '# Ольга 李雷 ﷽ \u202e \ud800\nprint("\\ud800 ok")\nx = "\\x00"'
    data["cells"].insert(3, dict(cell_type="code", source=odd, metadata={}, outputs=[], execution_count=None, id="odd"))
    (folder / NAME).write_text(json.dumps(data))


@hostile("10_transport", None, "")
def notebook_is_a_folder(made, folder):
    """A folder by the name of the notebook."""
    (folder / NAME).mkdir()


@hostile("10_transport", None, "rename it?")
def renamed(made, folder):
    """The notebook has another name."""
    (folder / "homework final (2).ipynb").write_text(nbformat.writes(made))


@hostile("10_transport", "")
def doubled_cell_ids(made, folder):
    """All of the student's own cells have the same id, and one that is too long."""
    for number in range(4):
        made.cells.append(nbformat.v4.new_code_cell("1", id="same" if number else "x" * 64))
    save(made, folder)


@hostile("10_transport", "", "cells of the student's own are left out")
def thousands_of_cells(made, folder):
    """Ten thousand cells, a hundred copies of an answer among them."""
    made.cells += [nbformat.v4.new_markdown_cell("x", id=f"n{number}") for number in range(10_000)]
    for number in range(100):
        made.cells.append(nbformat.from_dict(dict(cell(made, "answer_double"), id=f"m{number}")))
    save(made, folder)


@hostile("1_metadata", "test_double", "stands there 2 times")
def answer_copied_over_a_test(made, folder):
    """The wrong answer once more, behind the last test, in the name of the first one, and the right one as Markdown."""
    test = cell(wrong(made), "test_double")
    copied = nbformat.v4.new_code_cell(
        "def double(x):\n    return 4.0", id="copied", metadata={"nbgrader": dict(test.metadata.nbgrader)}
    )
    made.cells.append(copied)
    right = nbformat.v4.new_markdown_cell("def double(x):\n    return 4.0 + 0", id="right")
    right.metadata["nbgrader"] = dict(cell(made, "answer_double").metadata.nbgrader)
    made.cells.insert(2, right)
    save(made, folder)
