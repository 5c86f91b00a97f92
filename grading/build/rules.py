"""What a unit's text may hold: cells with their roles, and the rules that they keep."""

import ast
from dataclasses import dataclass
from pathlib import Path

from grading.build.markers import HIDDEN_TESTS, MARK_SCHEME, SOLUTION
from grading.course import CourseError, Unit

ROLES = ("given", "setup", "answer", "test", "discuss", "scratch", "guard")
LECTURE_ROLES = ("given", "setup", "scratch", "guard")
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


def check_cell(path: Path, cell: Cell) -> None:
    """Raise a TextError where a cell by itself breaks a rule: markers, names that a test assigns, Python that is none."""
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
            _check_words(path, cell, tree)
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


def _check_words(path: Path, cell: Cell, tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "testing":
            message = "numpy.testing shows students the values that it expects: use checks"
            raise TextError(path, cell.line + node.lineno, message)


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


def check_structure(path: Path, cells: list[Cell], unit: Unit) -> None:
    """Raise a TextError where cells do not go together: doubled names, a test without an answer, points that differ."""
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
