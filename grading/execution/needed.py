"""What a test may look at, apart from what is there for the eye: figures and numbers below given cells."""

import ast
import copy
import symtable
from collections.abc import Iterator
from functools import cache

from nbformat import NotebookNode

from grading.execution.cells import OWN, is_locked, name, role

SETS_FOR_SURE = (ast.Assign, ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.For)


def only_needed(notebook: NotebookNode) -> NotebookNode:
    """A rebuilt submission in which the code cells that no answer and no test needs are empty, so that nothing runs.

    Such a cell is given or the student's own, sets no name that is read later, and no attribute or item of anything.
    What a call changes is not seen: `grading variants` would, in another verdict. Where a cell is no Python, all stay.
    """
    left = copy.deepcopy(notebook)
    cells = [cell for cell in left.cells if cell.cell_type == "code"]
    try:
        code = [_statements(cell.source) for cell in cells]
    except SyntaxError:
        return notebook
    staying = [
        statement for cell, statements in zip(cells, code, strict=True) if not _may_go(cell) for statement in statements
    ]
    by_functions = {read for statement in staying for read in statement.read_later}
    read: set[str] = set()
    for cell, statements in reversed(list(zip(cells, code, strict=True))):
        sets = {given for statement in statements for given in statement.sets}
        if _may_go(cell) and not sets & (read | by_functions) and not any(s.changes_things for s in statements):
            cell.source = ""
            continue
        for statement in reversed(statements):
            read = (read - statement.sets_for_sure) | statement.read
    return left


def _may_go(cell: NotebookNode) -> bool:
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
