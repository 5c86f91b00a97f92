"""Read a unit's text: percent cells with a role in each header line.

Jupytext turns the cells into sources; the header lines are read here, because Jupytext keeps no line
numbers and lets unknown and doubled keys pass.
"""

import ast
import json
import re
from dataclasses import dataclass
from pathlib import Path

import jupytext

from grading.build.markers import HIDDEN_TESTS, MARK_SCHEME, SOLUTION
from grading.course import CourseError, Unit

ROLES = ("given", "setup", "answer", "test", "discuss", "scratch", "guard")
LECTURE_ROLES = ("given", "setup", "scratch", "guard")
HEADER = re.compile(r"# %%(?P<markdown> \[markdown\])?(?P<options>( .*)?)$")
OPTION = re.compile(r'\s*(\w+)=("[^"]*"|\[[^\]]*\]|\S+)')
NAME = re.compile(r"[a-z][a-z0-9_]*(/[a-z][a-z0-9_]*)?")

REGION_OF_ROLE = {"answer": SOLUTION, "test": HIDDEN_TESTS, "discuss": MARK_SCHEME}


class TextError(CourseError):
    """A mistake in a unit's text; the message begins with file and line."""

    def __init__(self, path: Path, line: int, message: str):
        super().__init__(f"{path}:{line}: {message}")


@dataclass(frozen=True)
class Cell:
    """One cell of a text: `role` is one of ROLES, `name` what the header calls it, `line` where it begins."""

    role: str
    cell_type: str
    source: str
    line: int
    name: str = ""
    points: int = 0

    @property
    def answer_name(self) -> str:
        """The answer that a test belongs to: `test="x/units"` tests `answer="x"`."""
        return self.name.split("/")[0]


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
    _check_structure(path, cells, unit)
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
        _check_cell(path, cells[-1])
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


def _check_cell(path: Path, cell: Cell) -> None:
    for markers in (SOLUTION, HIDDEN_TESTS, MARK_SCHEME):
        _check_markers(path, cell, markers, allowed=REGION_OF_ROLE.get(cell.role) == markers)
    if cell.role == "discuss" and MARK_SCHEME[0] not in cell.source:
        raise TextError(path, cell.line, f"discuss={cell.name!r} has no {MARK_SCHEME[0]}: say how it is judged")
    if cell.role in ("answer", "test"):
        try:
            tree = ast.parse(cell.source)
        except SyntaxError as error:
            raise TextError(path, cell.line + (error.lineno or 0), f"not valid Python: {error.msg}") from None
        if cell.role == "test":
            for name, line in _assigned_names(tree):
                if not name.startswith("_"):
                    message = f"a test cell assigns {name!r}: begin it with '_', it could overwrite a student's name"
                    raise TextError(path, cell.line + line, message)


def _check_markers(path: Path, cell: Cell, markers: tuple[str, str], allowed: bool) -> None:
    inside = False
    for number, line in enumerate(cell.source.splitlines(), 1):
        stripped = line.strip()
        if stripped not in markers:
            if any(marker.lstrip("# ") in line for marker in markers):
                message = f"write the marker as {markers[0]!r} or {markers[1]!r}, alone on its line"
                raise TextError(path, cell.line + number, message)
            continue
        if not allowed:
            raise TextError(path, cell.line + number, f"{stripped!r} does not belong in a cell of role {cell.role!r}")
        if inside == (stripped == markers[0]):
            raise TextError(path, cell.line + number, f"{stripped!r} without its partner before it")
        inside = not inside
    if inside:
        raise TextError(path, cell.line, f"{markers[0]!r} is never closed by {markers[1]!r}")


def _assigned_names(tree: ast.Module) -> list[tuple[str, int]]:
    """Names that module-level code binds, with their line; a function's own names do not count."""
    found: list[tuple[str, int]] = []
    pending: list[ast.AST] = list(tree.body)
    while pending:
        node = pending.pop()
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.append((node.name, node.lineno))
        elif isinstance(node, ast.alias):
            found.append(((node.asname or node.name).split(".")[0], node.lineno))
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.append((node.id, node.lineno))
        elif not isinstance(node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            pending.extend(ast.iter_child_nodes(node))
    return found


def _check_structure(path: Path, cells: list[Cell], unit: Unit) -> None:
    named: dict[tuple[str, str], int] = {}
    for cell in cells:
        if unit.kind == "lecture" and cell.role not in LECTURE_ROLES:
            raise TextError(path, cell.line, f"a lecture has no cell of role {cell.role!r}")
        if cell.name:
            first = named.setdefault((cell.role, cell.name), cell.line)
            if first != cell.line:
                raise TextError(path, cell.line, f"{cell.role}={cell.name!r} stands already in line {first}")
    if unit.kind == "lecture":
        return
    answers: set[str] = set()
    for cell in cells:
        if cell.role == "answer":
            answers.add(cell.name)
            if SOLUTION[0] not in cell.source:
                raise TextError(path, cell.line, f"answer={cell.name!r} has no {SOLUTION[0]}")
        if cell.role == "test" and cell.answer_name not in answers:
            raise TextError(path, cell.line, f"test={cell.name!r} has no answer={cell.answer_name!r} above it")
    tested = {cell.answer_name for cell in cells if cell.role == "test"}
    for cell in cells:
        if cell.role == "answer" and cell.name not in tested:
            raise TextError(path, cell.line, f"answer={cell.name!r} has no test")
    if not answers:
        raise TextError(path, 1, "an exercise needs at least one answer")
    setups = [cell for cell in cells if cell.role == "setup"]
    if len(setups) != 1:
        line = setups[-1].line if setups else 1
        raise TextError(path, line, f"an exercise has exactly one setup cell, not {len(setups)}")
    for kind, role in (("automatic", "test"), ("manual", "discuss")):
        points = sum(cell.points for cell in cells if cell.role == role)
        if points != getattr(unit, kind):
            message = f"the {role} cells add up to {points} points, course.toml says {kind} = {getattr(unit, kind)}"
            raise TextError(path, next((cell.line for cell in cells if cell.role == role), 1), message)
