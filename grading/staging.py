"""A submission as nbgrader may see it: a valid notebook and regular files, in a place of its own."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from grading import nbgrader_api
from grading.execution import files
from grading.execution.cells import new
from grading.handin import reading

TYPES = ("code", "markdown", "raw")

CELL_ID = re.compile("[a-zA-Z0-9_-]{1,64}")


def read(path: Path) -> NotebookNode:
    """A handed-in notebook, made anew from what counts: types, sources, and the names that its cells go by.

    Editors and students break notebooks in many ways that keep nbformat and nbgrader from reading them (marks in front
    of the text, letters that no file can hold, metadata of other types): none of them takes an answer away.

    Raises
    ------
    ValueError
        If it is no notebook.
    """
    data, _ = reading.load(path.read_bytes())
    cells, ids = [], set()
    for item in data["cells"]:
        if isinstance(item, dict):
            cells.append(_cell(item))
            if isinstance(item.get("id"), str) and CELL_ID.fullmatch(item["id"]) and item["id"] not in ids:
                cells[-1].id = item["id"]
                ids.add(item["id"])
    return nbformat.v4.new_notebook(cells=cells, nbformat_minor=5)


def _cell(item: dict) -> NotebookNode:
    """A cell; its id stands in for nbgrader's name where that is missing."""
    made = new(item["cell_type"] if item.get("cell_type") in TYPES else "raw", _text(item.get("source")))
    metadata = item.get("metadata")
    claim = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = claim.get("grade_id") if isinstance(claim, dict) else None
    if not isinstance(name, str):
        name = item.get("id")
    if isinstance(name, str):
        made.metadata["nbgrader"] = {"grade_id": _text(name)}
    return made


def _text(source) -> str:
    """A text, or lines of it, with only such letters as a file can hold."""
    words = "".join(line for line in source if isinstance(line, str)) if isinstance(source, list) else source
    return words.encode("utf-8", errors="replace").decode("utf-8") if isinstance(words, str) else ""


def regular_files(folder: str, exclude: list[str] | None = None) -> list[str]:
    """nbgrader's `find_all_files`, without links, pipes and devices; `nbgrader_config.py` puts it in its place."""
    from nbgrader.utils import find_all_files

    return [path for path in find_all_files(folder, exclude) if os.path.isfile(path) and not os.path.islink(path)]


@contextmanager
def staged(student: str, exercise_id: str, notebook: NotebookNode, beside: dict[str, bytes]) -> Iterator[None]:
    """Let nbgrader read a submission from a private folder: it would follow links, wherever they lead."""
    coursedir = nbgrader_api.api().coursedir
    with tempfile.TemporaryDirectory(prefix="staged-") as name:
        folder = Path(name, student, exercise_id)
        folder.parent.mkdir()
        files.write(beside, folder)
        (folder / f"{exercise_id}.ipynb").write_text(nbformat.writes(notebook), encoding="utf-8")
        submitted, coursedir.submitted_directory = coursedir.submitted_directory, name
        try:
            yield
        finally:
            coursedir.submitted_directory = submitted
