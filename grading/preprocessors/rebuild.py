"""Give a submission the cells and the metadata of the source again, before anything runs.

Students delete, copy and move cells, and old editors strip metadata. What the course locks comes from the
source; what a student wrote is kept, wherever it went.
"""

import json
from functools import cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import compute_checksum, is_solution

from grading.build.notebook import student_notebook
from grading.execution.cells import new
from grading.preprocessors.recognise import recognise

MAX_OWN_CELLS = 300  # that a student added: each is run, and shown

Group = list[tuple[NotebookNode, bool]]  # what goes by a name or stands behind it, in order; whether it goes by it


class RebuildCells(NbGraderPreprocessor):
    """Replaces nbgrader's DeduplicateIds and OverwriteCells, which lose copied answers and stop at some deletions."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        course = self.parent.parent.coursedir
        names = resources["nbgrader"]
        folder = course.format_path(course.source_directory, ".", names["assignment"])
        source = nbformat.read(f"{folder}/{names['notebook']}.ipynb", as_version=4)
        submitted = Path(course.format_path(course.submitted_directory, names["student"], names["assignment"]))
        if (submitted / f"{names['notebook']}.ipynb").is_symlink() or submitted.is_symlink():
            raise ValueError(f"the notebook of {names['student']} is a link to another place: ask for the file itself")
        nb, remarks = rebuild(nb, source)
        nb.metadata["grading"] = {"remarks": remarks}
        for remark in remarks:
            self.log.warning("%s: %s", names["student"], remark)
        return nb, resources


def rebuild(submitted: NotebookNode, source: NotebookNode) -> tuple[NotebookNode, list[str]]:
    """The source's cells in the source's order with the student's answers in them.

    Where an answer occurs several times, the last one that differs from the stub counts; the others stay in
    the notebook as ordinary cells. Cells of the student's own stay behind the cell that they followed, where that stood
    first: what was copied from it does not draw them along. The first 300 of them stay.

    Returns
    -------
    notebook, remarks
        What was changed, one sentence for each change that a person should know of.
    """
    released = _released(json.dumps(source))
    graded = {_name(cell): cell for cell in source.cells if _name(cell)}
    for cell in submitted.cells:
        cell.source = cell.source.replace("\r\n", "\n")  # as editors of Windows end lines
    claims = [_claimed_name(cell, graded) for cell in submitted.cells]
    names = recognise(submitted.cells, claims, source, released)
    groups: dict[str, Group] = {"": []}
    behind = ""
    for cell, name in zip(submitted.cells, names, strict=True):
        if name and name not in groups:
            behind = name
        groups.setdefault(name or behind, []).append((cell, bool(name)))
    remarks = []
    if found := [name for name in graded if name in names and name not in claims and is_solution(graded[name])]:
        remarks.append(f"{', '.join(found)} had lost its name: found by place and content, see that it is right")
    cells, before = [_plain(cell) for cell, _ in groups[""]], []
    given = {"", *(cell.source.strip() for cell in source.cells)}
    for name, cell in graded.items():
        group = groups.get(name, [])
        stub = released[name]
        made, more = _answer(name, group, stub) if is_solution(cell) else _locked(name, group, cell, stub)
        cells += made
        remarks += more
        if is_solution(cell) and stub.cell_type == "markdown" and stub.source in [other.source for other in made]:
            if _has_text([*before, *group], given):
                remarks.append(f"{name} is open, but text of the student's own stands beside it: is that the answer?")
        before = group
    cells, left_out = _first_own(cells)
    if left_out:
        remarks.append(f"{left_out} cells of the student's own are left out: more than {MAX_OWN_CELLS}")
    rebuilt = nbformat.v4.new_notebook(cells=cells, metadata=source.metadata, nbformat_minor=5)
    return nbformat.from_dict(rebuilt), remarks


@cache
def _released(source: str) -> dict[str, NotebookNode]:
    """What students got, by name; nobody may change these cells."""
    cells = student_notebook(nbformat.from_dict(json.loads(source))).cells
    return {_name(cell): cell for cell in cells if _name(cell)}


def _name(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def _claimed_name(cell: NotebookNode, graded: dict[str, NotebookNode]) -> str | None:
    """Which of the source's cells this one is: by nbgrader's metadata, or by cell id where that was stripped."""
    nbgrader = cell.metadata.get("nbgrader")
    claims = [nbgrader.get("grade_id")] if isinstance(nbgrader, dict) else []
    return next((name for name in [*claims, cell.get("id")] if isinstance(name, str) and name in graded), None)


def _answer(name: str, group: Group, stub: NotebookNode) -> tuple[list[NotebookNode], list[str]]:
    """An answer and what stands with it, in the order in which it was handed in, and remarks.

    Whoever deleted the cell may have answered in a cell of his own: there the stub, which would come after it, stays out.
    """
    found = [other for other, named in group if named]
    if not found:
        return [_with_source(stub, stub.source if stub.cell_type == "markdown" else "")], [f"{name} was deleted"]
    several = f"{name} stands there {len(found)} times: the last one that was filled in counts"
    empty, made = ("", stub.source.strip()), []
    chosen = ([other for other in found if other.source.strip() not in empty] or found)[-1]
    for other, named in group:
        if other is chosen:
            made.append(_with_source(stub, other.source))
        elif not named or other.source.strip() not in empty:
            made.append(_plain(other))
    return made, [several] if len(found) > 1 else []


def _locked(name: str, group: Group, cell: NotebookNode, released: NotebookNode):
    """A locked cell as it was, what stands behind it, and remarks."""
    found = [other for other, named in group if named]
    remarks = [] if found else [f"{name} was deleted: restored"]
    if found and found[-1].source.strip() != released.source.strip():
        remarks = [f"{name} is locked but was changed: restored"]
    return [_with_source(cell, cell.source), *(_plain(other) for other, named in group if not named)], remarks


def _has_text(group: Group, given: set[str]) -> bool:
    """Whether the student wrote text into a cell of his own."""
    return any(not named and cell.cell_type != "code" and cell.source.strip() not in given for cell, named in group)


def _first_own(cells: list[NotebookNode]) -> tuple[list[NotebookNode], int]:
    """All of the course's cells, the first of the student's own, and how many are left out."""
    own = [cell for cell in cells if not _name(cell)]
    left_out = set(map(id, own[MAX_OWN_CELLS:]))
    return [cell for cell in cells if id(cell) not in left_out], len(left_out)


def _with_source(cell: NotebookNode, text: str) -> NotebookNode:
    """A copy of one of the source's cells with this text; the checksum stays the released one's for answers."""
    new = _plain(cell)
    new.id, new.source = cell.get("id", new.id), text
    new.metadata["nbgrader"] = dict(cell.metadata["nbgrader"])
    new.metadata["nbgrader"]["checksum"] = compute_checksum(cell)
    return new


def _plain(cell: NotebookNode) -> NotebookNode:
    """A cell with this text and nothing else; raw cells become Markdown."""
    return new("code" if cell.cell_type == "code" else "markdown", cell.source)
