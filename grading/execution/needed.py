"""What the verdict on a variant depends on: not figures and numbers below given cells, and not what comes before it."""

import ast
import copy
import symtable
from collections.abc import Iterator
from functools import cache

from nbformat import NotebookNode

from grading.execution.cells import OWN, is_locked, name, passed, role

SETS_FOR_SURE = (ast.Assign, ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.For)


def only_needed(notebook: NotebookNode, reference: dict[str, str]) -> NotebookNode:
    """A rebuilt submission in which the code cells that no answer and no test needs are empty, so that nothing runs.

    Such a cell is given or the student's own, sets no name that is read later, and no attribute or item of anything.
    Above the first answer that is not the reference's all tests end as the reference's do: of each is left that it has
    passed, and answers there that nothing below needs are left out, too. What a call changes is not seen: `grading
    variants` would, in another verdict. All cells stay where all answers are the reference's, or a cell is no Python.

    Parameters
    ----------
    reference : dict of str
        The reference solution's answers by cell id.
    """
    left = copy.deepcopy(notebook)
    cells = [cell for cell in left.cells if cell.cell_type == "code"]
    try:
        code = [_statements(cell.source) for cell in cells]
    except SyntaxError:
        return notebook
    others = [number for number, cell in enumerate(cells) if reference.get(name(cell), cell.source) != cell.source]
    if not others:
        return notebook
    may_go = [
        _is_for_the_eye(cell) or number < others[0] and role(cell) != "setup" for number, cell in enumerate(cells)
    ]
    stay, before = [not goes for goes in may_go], None
    while stay != before:  # what a cell that stays defines may read what a cell below it sets
        stay, before = _needed(cells, code, may_go, stay), stay
    for cell, stays in zip(cells, stay, strict=True):
        if not stays:
            cell.source = passed(cell) if role(cell) == "test" else ""
    return left


def _needed(cells: list[NotebookNode], code: list[list["_Statement"]], may_go: list[bool], stay: list[bool]):
    """Which cells stay if the functions of those that `stay` may be called from anywhere: one truth value for each."""
    by_functions = {
        read for stays, statements in zip(stay, code, strict=True) if stays for s in statements for read in s.read_later
    }
    read: set[str] = set()
    needed: list[bool] = []
    for cell, goes, statements in reversed(list(zip(cells, may_go, code, strict=True))):
        sets = {given for statement in statements for given in statement.sets}
        is_test = role(cell) == "test"  # no answer sees what it sets, other tests only that it has passed
        is_read = not is_test and (sets & (read | by_functions) or any(s.changes_things for s in statements))
        needed.append(bool(is_read) or not goes)
        if needed[-1]:
            above = read
            for statement in reversed(statements):
                above = (above - statement.sets_for_sure) | statement.read
            read = read | above if is_test else above
    return needed[::-1]


def _is_for_the_eye(cell: NotebookNode) -> bool:
    return name(cell) == OWN or (is_locked(cell) and role(cell) == "student")


class _Statement:
    """What a statement of a cell does with the notebook's names; `read_later` is what its functions read."""

    def __init__(self, node: ast.stmt):
        tables = list(_all_tables(symtable.symtable(ast.unparse(node), "cell", "exec")))
        top = tables[0].get_symbols()
        self.sets = {s.get_name() for s in top if s.is_assigned() or s.is_imported()}
        self.sets |= {s.get_name() for table in tables[1:] for s in table.get_symbols() if s.is_declared_global()}
        self.read_later = {s.get_name() for table in tables[1:] for s in table.get_symbols() if s.is_global()}
        target = _names(node.target) if isinstance(node, ast.For) else set()
        self.read = {s.get_name() for s in top if s.is_referenced()} - target | self.read_later
        self.read |= {
            name for part in ast.walk(node) if isinstance(part, ast.AugAssign) for name in _names(part.target)
        }
        self.sets_for_sure = target or (self.sets if isinstance(node, SETS_FOR_SURE) else set())
        self.changes_things = any(
            isinstance(part, (ast.Attribute, ast.Subscript)) and not isinstance(part.ctx, ast.Load)
            for part in ast.walk(node)
        )


@cache  # most cells of two submissions are the same
def _statements(source: str) -> list[_Statement]:
    return [_Statement(node) for node in ast.parse(source).body]


def _all_tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _all_tables(child)


def _names(node: ast.expr) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
