"""The cells of a notebook while it runs: what each is for, and what is written into it."""

from nbformat import NotebookNode
from nbformat.corpus.words import generate_corpus_id

OWN = "a cell of the student's own"


def new(cell_type: str, source: str) -> NotebookNode:
    """A cell without metadata and outputs. (nbformat's own functions check each against the schema, which takes long.)"""
    made = NotebookNode(cell_type=cell_type, id=generate_corpus_id(), metadata=NotebookNode(), source=source)
    if cell_type == "code":
        made.update(execution_count=None, outputs=[])
    return made


def role(cell: NotebookNode) -> str:
    """`test`, `setup` and `summary` run in the grader, `setup` in both kernels, `student` in the student kernel alone."""
    nbgrader = cell.metadata.get("nbgrader", {})
    if nbgrader.get("grade") and not nbgrader.get("solution"):
        return "test"
    known = nbgrader.get("grade_id", "")
    return known if known in ("setup", "summary") and is_locked(cell) else "student"


def is_locked(cell: NotebookNode) -> bool:
    return cell.metadata.get("nbgrader", {}).get("locked", False)


def name(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", OWN)


def fail(cell: NotebookNode, ename: str, words: str, ran: bool = True) -> None:
    """End a cell with an error; one that never ran counts as such."""
    cell.execution_count = 1 if ran else None
    error = {"output_type": "error", "ename": ename, "evalue": words, "traceback": [f"{ename}: {words}"]}
    cell.outputs.append(NotebookNode(error))


def write(cell: NotebookNode, index: int, reply: dict) -> None:
    """Put a reply of the grader into the cell, as Jupyter would have shown it."""
    if reply["stdout"]:
        cell.outputs.append(NotebookNode(output_type="stream", name="stdout", text=reply["stdout"]))
    if reply["status"] == "error":
        fail(cell, reply["ename"], reply["evalue"])
        cell.outputs[-1].traceback += reply["traceback"]
    elif "score" in reply and role(cell) == "test":
        _give(cell, reply["score"])
    cell.execution_count = index + 1


def _give(cell: NotebookNode, score: float) -> None:
    """Partial credit, as nbgrader has it: the number that a test cell ends with, from nothing to all of its points."""
    points = cell.metadata["nbgrader"]["points"]
    if 0 <= score <= points:  # NaN is neither
        data = NotebookNode({"text/plain": repr(score)})
        cell.outputs.append(NotebookNode(output_type="execute_result", data=data, metadata={}, execution_count=1))
    else:
        fail(cell, "CreditRefused", f"The test gave {score:g} of {points:g} points, which no test can give.")


def record(cell: NotebookNode, reply: dict) -> str:
    """For a grader that comes after this one: how this test ended, for `checks.summary` and for later tests."""
    known, points = name(cell), cell.metadata["nbgrader"].get("points", 0)
    lines = [f"checks.begin({known!r}, points={points})"]
    if f"Visible checks passed: {known} (" in reply["stdout"]:
        lines.append(f"checks.passed({known!r})")
    if reply.get("status") == "ok":
        lines.append(passed(cell))
    return "\n".join(lines)


def passed(cell: NotebookNode) -> str:
    """The line that the hidden part of a test ends with where a later one asks for it: see authors.md."""
    return f"_{name(cell).removeprefix('test_')}_passed = True"
