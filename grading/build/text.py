"""Read a unit's text: percent cells with a role in each header line.

Jupytext turns the cells into sources; the header lines are read here, because Jupytext keeps no line
numbers and lets unknown and doubled keys pass.
"""

import json
import re
from pathlib import Path

import jupytext

from grading.build.markers import MARK_SCHEME
from grading.build.rules import REGION_OF_ROLE, ROLES, Cell, TextError, check_cell, check_structure
from grading.course import CourseError, Unit

HEADER = re.compile(r"# %%(?P<markdown> \[markdown\])?(?P<options>( .*)?)$")
OPTION = re.compile(r'\s*(\w+)=("[^"]*"|\[[^\]]*\]|\S+)')
NAME = re.compile(r"[a-z][a-z0-9_]*(/[a-z][a-z0-9_]*)?")


def read(path: Path, unit: Unit) -> list[Cell]:
    """The cells of a unit's text, checked.

    Raises
    ------
    TextError
        For anything that would make a wrong notebook: roles, names, markers, points, a test without an answer.
    """
    if not path.exists():
        raise CourseError(f"{path}: the text of {unit.id} is missing; course.toml names it.")
    cells = read_cells(path)
    check_structure(path, cells, unit)
    return cells


def read_cells(path: Path) -> list[Cell]:
    """The cells of any percent file that uses the course's headers, without the checks of a whole unit."""
    content = path.read_text(encoding="utf-8")
    lines = content.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("# %%")]
    if not starts:
        raise TextError(path, 1, "no cell: a cell begins with a line '# %%'")
    if any(line.strip() and not line.startswith("#") for line in lines[: starts[0]]):
        raise TextError(path, 1, "text before the first '# %%' header belongs to no cell")
    parsed = [_parse_header(path, start + 1, lines[start]) for start in starts]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        if not "".join(lines[start + 1 : end]).strip("# "):
            raise TextError(path, start + 1, "an empty cell")
    # Markdown stands behind '# ' in a percent script; the markers of a mark scheme may stand without it.
    body = [f"# {line}" if line in MARK_SCHEME else line for line in lines[starts[0] :]]
    sources = jupytext.reads("\n".join(body), fmt="py:percent").cells
    if len(sources) != len(starts):
        raise TextError(path, 1, f"{len(starts)} headers, but Jupytext sees {len(sources)} cells")
    cells = []
    for start, (role, name, points), cell in zip(starts, parsed, sources, strict=True):
        cells.append(Cell(role, cell.cell_type, cell.source.rstrip(), start + 1, name, points))
        check_cell(path, cells[-1])
    return cells


def _parse_header(path: Path, line: int, header: str) -> tuple[str, str, int]:
    match = HEADER.match(header)
    if not match:
        raise TextError(path, line, f"cannot read the header {header!r}: '# %%' or '# %% [markdown]', then key=value")
    options: dict = {}
    rest = match["options"]
    while rest.strip():
        option = OPTION.match(rest)
        if not option:
            raise TextError(path, line, f'cannot read {rest.strip()!r}: write key="value"')
        key, value = option.groups()
        if key in options:
            raise TextError(path, line, f"{key!r} stands twice in one header")
        try:
            options[key] = json.loads(value)
        except json.JSONDecodeError:
            raise TextError(path, line, f"cannot read the value of {key!r}: {value}") from None
        rest = rest[option.end() :]
    points = options.pop("points", 0)
    tags = options.pop("tags", [])
    roles = [(key, value) for key, value in options.items()] + [(tag, "") for tag in tags]
    if len(roles) > 1:
        raise TextError(path, line, "a cell has one role; this one has " + " and ".join(key for key, _ in roles))
    role, name = roles[0] if roles else ("given", "")
    if role not in ROLES or (role in REGION_OF_ROLE) != (role in options):
        raise TextError(path, line, f"unknown role {role!r}; there are: {', '.join(ROLES)}")
    if role in REGION_OF_ROLE and not (isinstance(name, str) and NAME.fullmatch(name)):
        raise TextError(path, line, f"{role}={name!r}: a name has lower-case letters, digits and underscores")
    if "/" in name and role != "test":
        raise TextError(path, line, f"{role}={name!r}: only a test may have a second part after '/'")
    if role in ("test", "discuss"):
        if not isinstance(points, int) or isinstance(points, bool) or points < 1:
            raise TextError(path, line, f"{role}={name!r} needs points=1 or more, a whole number")
    elif points:
        raise TextError(path, line, f"a cell of role {role!r} has no points")
    markdown = bool(match["markdown"])
    if markdown != (role == "discuss") and role not in ("given", "scratch"):
        raise TextError(path, line, f"a cell of role {role!r} must {'not ' if markdown else ''}be [markdown]")
    return role, name, points
