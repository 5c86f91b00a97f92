"""Find answers whose cells lost their names: metadata stripped, saved by a Jupyter without cell ids."""

import re

from nbformat import NotebookNode
from nbgrader.utils import is_solution

DEFINED = re.compile(r"^(?:def|class) +(\w+)|^(\w+) *=(?!=)", re.MULTILINE)


def recognise(
    cells: list[NotebookNode], names: list[str | None], source: NotebookNode, released: dict[str, NotebookNode]
) -> list[str | None]:
    """The names that the cells go by, with those added that can be told from text and place.

    A locked cell is known by its text. An answer stands between known cells as in the source: it is the last cell there
    that defines what the stub defines, or else, right between its two neighbours, the only one that is a student's.

    Parameters
    ----------
    cells, names
        What was handed in, and the source's cell that each claims to be, None without a claim.
    released : dict
        The source's cells by id, as students get them.
    """
    names = list(names)
    graded = [name for cell in source.cells if (name := cell.metadata.get("nbgrader", {}).get("grade_id"))]
    if set(graded) <= set(names):
        return names
    given = {released[name].source.strip() for name in released if not is_solution(released[name])}
    for name in graded:
        if name not in names and not is_solution(released[name]):
            same = [n for n, cell in enumerate(cells) if names[n] is None and _same(cell, released[name])]
            if same:
                names[same[0]] = name
    for name in graded:
        if name not in names and is_solution(released[name]):
            start, end = _gap(name, graded, names)
            stub = released[name]
            free = [
                n
                for n in range(start, end)
                if names[n] is None
                and cells[n].cell_type == stub.cell_type
                and cells[n].get("id") not in released
                and cells[n].source.strip()
                and cells[n].source.strip() not in given
            ]
            wanted = _defined(stub.source)
            defining = [n for n in free if wanted and wanted <= _defined(cells[n].source)]
            place = graded.index(name)
            between = {*graded[max(place - 1, 0) : place], *graded[place + 1 : place + 2]} <= set(names)
            if defining or (between and len(free) == 1):
                names[(defining or free)[-1]] = name
    return names


def _gap(name: str, graded: list[str], names: list[str | None]) -> tuple[int, int]:
    """Where a missing cell must be: behind the last known cell before it, before the next known one behind it."""
    place = graded.index(name)
    before = [names.index(other) for other in graded[:place] if other in names]
    behind = [names.index(other) for other in graded[place + 1 :] if other in names]
    start = max(before, default=-1) + 1
    return start, min((n for n in behind if n >= start), default=len(names))


def _same(cell: NotebookNode, other: NotebookNode) -> bool:
    return cell.cell_type == other.cell_type and cell.source.strip() == other.source.strip()


def _defined(text: str) -> set[str]:
    return {first or second for first, second in DEFINED.findall(text)}
