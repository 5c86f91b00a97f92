"""Read a handed-in notebook however it was saved: any Unicode encoding, notebook formats 2 to 5."""

import codecs
import json

import nbformat

CONFLICT = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
AGAIN = "ask the student for it again"
MAX_CELLS = 20_000  # each takes time, and a file of a few megabytes can hold a million


class Unreadable(ValueError):
    """Why a file cannot be read as a notebook, in words for a person."""


def load(content: bytes) -> tuple[dict, list[str]]:
    """The notebook in a file, with its cells as format 4 has them.

    Returns
    -------
    notebook, remarks
        The remarks say what is odd about the file and did no harm.

    Raises
    ------
    Unreadable
        If there is no notebook in it, or an empty one.
    """
    text, remarks = _decoded(content)
    data, more = _parsed(text)
    remarks += more
    if not isinstance(data, dict):
        raise Unreadable(f"the file is JSON but not a notebook of format 4: {AGAIN}")
    version = data.get("nbformat")
    if version in (2, 3):
        data = _converted(data)
        remarks.append(f"saved in notebook format {version}: converted")
    if not isinstance(data.get("cells"), list):
        raise Unreadable("the file is JSON but not a notebook of format 4: ask the student to save it in JupyterLab")
    if version not in (2, 3, 4):
        remarks.append(f"says that it is of notebook format {version}: read as format 4")
    elif version == 4 and data.get("nbformat_minor") in (0, 1, 2, 3, 4):
        remarks.append("saved by an old Jupyter, without cell ids")
    _count(data["cells"])
    if not any(isinstance(cell, dict) for cell in data["cells"]):
        raise Unreadable(f"the notebook has no cells: {AGAIN}")
    return data, remarks


def _decoded(content: bytes) -> tuple[str, list[str]]:
    if not content.strip():
        raise Unreadable(f"the file is empty, not JSON: {AGAIN}")
    if content.startswith(b"PK\x03\x04"):
        raise Unreadable("the file is a zip, not JSON: `python -m grading doctor --repair` unpacks it")
    encoding = json.detect_encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(f"the notebook is not text in UTF-8: {AGAIN}") from error
    if encoding == "utf-8":
        return text, []
    plain = encoding == "utf-8-sig"
    return text, ["begins with a byte-order mark" if plain else f"saved as {codecs.lookup(encoding).name.upper()}"]


def _parsed(text: str) -> tuple[object, list[str]]:
    try:
        return json.loads(text, parse_int=_integer), []
    except json.JSONDecodeError as error:
        lines = text.splitlines()
        marked = next((number for number, line in enumerate(lines, 1) if line.startswith(CONFLICT[0])), 0)
        if not marked:
            raise Unreadable(f"the notebook is not JSON (line {error.lineno}): {AGAIN}") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"the notebook cannot be read ({error}): {AGAIN}") from error
    ours, theirs = (_one_side(lines, side) for side in (0, 1))
    if ours is None or theirs is None or _sources(ours) != _sources(theirs):
        raise Unreadable(f"git left merge-conflict markers in it (line {marked}), so it is not JSON: {AGAIN}")
    return ours, ["git left merge-conflict markers in it, none of them in a cell's text: taken out"]


def _integer(digits: str) -> int:
    """Nothing that counts in a notebook has so many digits that Python would refuse to read them."""
    return int(digits) if len(digits) < 1000 else 0


def _one_side(lines: list[str], wanted: int) -> object | None:
    """The JSON of one side of each conflict; None where that is no JSON either."""
    kept, side = [], None
    for line in lines:
        if line.startswith(CONFLICT):
            side = {CONFLICT[0]: 0, CONFLICT[1]: -1, CONFLICT[2]: 1, CONFLICT[3]: None}[line[:7]]
        elif side is None or side == wanted:
            kept.append(line)
    try:
        return json.loads("\n".join(kept))
    except (ValueError, RecursionError):
        return None


def _sources(data: object) -> list:
    """Type, text and names of each cell: all that grading takes from a notebook."""
    cells = data.get("cells") if isinstance(data, dict) else None
    if not isinstance(cells, list):
        return [data]
    return [_taken(cell) if isinstance(cell, dict) else cell for cell in cells]


def _taken(cell: dict) -> list:
    metadata = cell.get("metadata")
    claim = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return [cell.get("cell_type"), cell.get("source"), cell.get("id"), claim]


def _count(cells: list) -> None:
    if len(cells) > MAX_CELLS:
        raise Unreadable(f"the notebook has {len(cells)} cells, more than {MAX_CELLS}: {AGAIN}")


def _converted(data: dict) -> dict:
    """A notebook of format 2 or 3 in format 4; outputs, which grading does not read, are left behind."""
    try:
        cells = [cell for sheet in data.get("worksheets", []) for cell in sheet["cells"]]
        _count(cells)
        for cell in cells:
            cell["outputs"] = []
            if cell.get("level") not in range(1, 7):  # of a heading: the converter writes so many signs
                cell.pop("level", None)
        return nbformat.convert(nbformat.from_dict(data), 4)
    except Unreadable:
        raise
    except Exception as error:  # whatever a damaged old notebook makes the converter raise
        raise Unreadable(f"a damaged notebook of format {data['nbformat']}, not of format 4: {AGAIN}") from error
