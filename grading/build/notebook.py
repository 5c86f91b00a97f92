"""Turn the cells of a text into notebooks: nbgrader's input, the student's, the solution, the guarded one."""

import hashlib
import re
from collections.abc import Callable, Iterable

import nbformat
from nbformat import NotebookNode

from grading.build.markers import (
    CODE_STUB,
    HIDDEN_TESTS,
    MARK_SCHEME,
    SOLUTION,
    TEXT_STUB,
    cut_region,
    drop_markers,
    split_region,
)
from grading.build.text import Cell
from grading.course import Course, CourseError

MARK_SCHEME_TITLE = "**Mark scheme**"


def source_notebook(cells: list[Cell], course: Course) -> NotebookNode:
    """nbgrader's input: everything, with nbgrader's metadata; guards are cut.

    A question becomes a locked cell and, below it, the student's cell, whose solution is the mark scheme.
    """
    built = []
    for cell in without_guards(cells):
        source = cell.source
        if cell.role == "given":
            built.append(_cell(cell, given_id(cell), locked=True))
        elif cell.role == "setup":
            built.append(_cell(cell, "setup", locked=True, tags=("setup",)))
        elif cell.role == "scratch":
            built.append(_new_cell(cell.cell_type, _slug_id("scratch", cell), source))
        elif cell.role == "answer":
            built.append(_cell(cell, f"answer_{cell.name}", solution=True))
        elif cell.role == "test":
            metadata = dict(grade=True, locked=True, points=cell.points)
            built.append(_cell(cell, test_id(cell), source=_recorded(cell), **metadata))
        elif cell.role == "discuss":
            question, scheme = split_region(source, MARK_SCHEME)
            question += f"\n\n*({cell.points} points, marked by hand.)*"
            built.append(_cell(cell, f"question_{cell.name}", source=question, locked=True))
            solution = "\n".join([SOLUTION[0], MARK_SCHEME_TITLE, "", scheme.strip(), SOLUTION[1]])
            metadata = dict(grade=True, solution=True, points=cell.points)
            built.append(_cell(cell, f"discuss_{cell.name}", source=solution, **metadata))
    summary = Cell("given", "code", _summary(cells), line=0)
    built.append(_cell(summary, "summary", locked=True))
    return _notebook(built, course)


def student_notebook(source: NotebookNode) -> NotebookNode:
    """What students get: nbgrader's own steps that lock cells and cut solutions and hidden tests."""
    from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions, ComputeChecksums, LockCells

    clear_solutions = ClearSolutions(code_stub={"python": CODE_STUB}, text_stub=TEXT_STUB)
    notebook, resources = nbformat.from_dict(source), {}
    for preprocessor in (LockCells(), clear_solutions, ClearHiddenTests(), ComputeChecksums()):
        notebook, resources = preprocessor.preprocess(notebook, resources)
    return notebook


def solution_notebook(source: NotebookNode) -> NotebookNode:
    """The same notebook with answers and mark schemes, without hidden tests and without nbgrader's metadata."""
    notebook = nbformat.from_dict(source)
    for cell in notebook.cells:
        cell.source = drop_markers(cut_region(cell.source, HIDDEN_TESTS), SOLUTION)
        cell.metadata.pop("nbgrader", None)
    return notebook


def lecture_notebook(cells: list[Cell], course: Course) -> NotebookNode:
    """A lecture: guards are cut."""
    return _notebook([_new_cell(c.cell_type, _slug_id(c.role, c), c.source) for c in without_guards(cells)], course)


def guarded_notebook(cells: list[Cell], course: Course) -> NotebookNode:
    """Everything with answers, hidden tests and guards, to be run by the tests and to make the pictures."""
    code = [cell for cell in cells if cell.cell_type == "code"]
    return _notebook([_new_cell("code", f"line-{c.line}", drop_markers(_recorded(c), SOLUTION)) for c in code], course)


def without_guards(cells: Iterable[Cell]) -> list[Cell]:
    return [cell for cell in cells if cell.role != "guard"]


def dumps(notebook: NotebookNode) -> str:
    """The notebook as text, the same bytes for the same notebook."""
    nbformat.validate(notebook)
    return nbformat.writes(notebook, version=4) + "\n"


def test_id(cell: Cell) -> str:
    """The grade id of a test cell: `test="x/units"` becomes `test_x_units`."""
    return "test_" + cell.name.replace("/", "_")


def given_id(cell: Cell) -> str:
    """A given cell's id: a slug of its first heading, definition or line, never its position."""
    return _slug_id("given", cell)


def _recorded(cell: Cell) -> str:
    """A test cell between the lines that let `checks.summary` know what was run and what passed."""
    if cell.role != "test":
        return cell.source
    name = test_id(cell)
    visible, marker, hidden = cell.source.partition(HIDDEN_TESTS[0])
    lines = visible.rstrip().splitlines()
    head = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    lines.insert(head, f'checks.begin("{name}", points={cell.points})')
    lines.append(f'checks.passed("{name}")')
    return "\n".join(lines) + ("\n" + marker + hidden if marker else "")


def _summary(cells: list[Cell]) -> str:
    tests = [f'        "{test_id(cell)}": {cell.points},' for cell in cells if cell.role == "test"]
    by_hand = [f'        "discuss_{cell.name}": {cell.points},' for cell in cells if cell.role == "discuss"]
    lines = ["# What passed, what is still open: look here before you hand in.", "checks.summary("]
    lines += ["    {", *tests, "    },"]
    lines += ["    by_hand={", *by_hand, "    },"] if by_hand else []
    return "\n".join([*lines, ")"])


def _slug_id(role: str, cell: Cell) -> str:
    patterns: list[str | Callable] = [r"^#+ +(.+)$"]
    if cell.cell_type == "code":
        patterns = [r"^(?:def|class) +(\w+)", r"^# *(.+)$"]
    first = next((match[1] for p in patterns if (match := re.search(p, cell.source, re.MULTILINE))), cell.source)
    slug = re.sub(r"[^a-z0-9]+", "_", first.lower()).strip("_")[:32].strip("_")
    return f"{role}_{slug or hashlib.sha256(cell.source.encode()).hexdigest()[:8]}"


def _cell(cell: Cell, grade_id: str, *, source: str | None = None, tags: tuple[str, ...] = (), **nbgrader):
    metadata = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3, **nbgrader}
    metadata["grade_id"] = grade_id
    metadata["cell_type"] = cell.cell_type
    built = _new_cell(cell.cell_type, grade_id, cell.source if source is None else source)
    built.metadata["nbgrader"] = metadata
    if tags:
        built.metadata["tags"] = list(tags)
    return built


def _new_cell(cell_type: str, cell_id: str, source: str) -> NotebookNode:
    new = nbformat.v4.new_code_cell if cell_type == "code" else nbformat.v4.new_markdown_cell
    return new(source, id=cell_id[:64].strip("-_"))


def _notebook(cells: list[NotebookNode], course: Course) -> NotebookNode:
    _make_ids_unique(cells)
    kernelspec = {"name": course.kernel, "display_name": course.kernel_display_name, "language": "python"}
    metadata = {"kernelspec": kernelspec, "language_info": {"name": "python"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata, nbformat_minor=5)


def _make_ids_unique(cells: list[NotebookNode]) -> None:
    """Cells that begin alike are told apart by their content, equal ones counted; what is graded is never renamed."""
    ids = [cell.id for cell in cells]
    seen: list[str] = []
    for cell in cells:
        if ids.count(cell.id) > 1:
            if not cell.id.startswith(("given_", "scratch_", "setup_")):
                raise CourseError(f"two cells have the id {cell.id!r}: rename one of them")
            name = f"{cell.id}_{hashlib.sha256(cell.source.encode()).hexdigest()[:6]}"
            seen.append(name)
            cell.id = name if seen.count(name) == 1 else f"{name}_{seen.count(name)}"
            if "nbgrader" in cell.metadata:
                cell.metadata["nbgrader"]["grade_id"] = cell.id
