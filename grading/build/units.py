"""Write every unit's notebooks and the files that lie beside them."""

from pathlib import Path

from grading.build import notebook, text
from grading.build.readme import update_unit_table
from grading.course import ROOT, Course, CourseError, Unit, text_folder

STUDENT_FILES = Path(__file__).resolve().parent.parent / "student"
BESIDE = ("figures", "data", "mod")
LIBRARY = Path("grading/mechanisms")


def build(course: Course, root: Path = ROOT) -> list[Path]:
    """Write Exercises/, Solutions/, the lectures, grading/source and README's table; return the files that changed.

    Everything is read and checked before the first file is written, so an error leaves the tree as it was.
    """
    files = made_files(course, root)
    changed = [path for path, content in files.items() if not path.exists() or path.read_bytes() != content]
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[path])
    return changed


def made_files(course: Course, root: Path = ROOT) -> dict[Path, bytes]:
    """Path and content of everything that the build writes."""
    files: dict[Path, bytes] = {}
    for unit in course.units:
        files |= lecture_files(unit, course, root) if unit.kind == "lecture" else exercise_files(unit, course, root)
    return files | update_unit_table(course, root)


def exercise_files(unit: Unit, course: Course, root: Path) -> dict[Path, bytes]:
    """Path and content of all that is made from an exercise's text."""
    folder = text_folder(unit, root)
    cells = text.read(folder / f"{unit.id}.py", unit)
    source = notebook.source_notebook(cells, course)
    notebooks = {
        "grading/source": source,
        "Exercises": notebook.student_notebook(source),
        "Solutions": notebook.solution_notebook(source),
    }
    files = {}
    for parent, made in notebooks.items():
        target = root / parent / unit.id
        files[target / f"{unit.id}.ipynb"] = notebook.dumps(made).encode()
        files |= {target / name: content for name, content in _beside(folder, cells).items()}
        files |= {target / name: content for name, content in library_files(unit, root).items()}
    return files


def lecture_files(unit: Unit, course: Course, root: Path) -> dict[Path, bytes]:
    """Path and content of all that is made from a lecture's text."""
    cells = text.read(text_folder(unit, root) / f"{unit.id}.py", unit)
    made = notebook.dumps(notebook.lecture_notebook(cells, course)).encode()
    files = {root / "lectures" / f"{unit.id}.ipynb": made}
    beside = _student_files(cells) | library_files(unit, root)
    return files | {root / "lectures" / name: content for name, content in beside.items()}


def library_files(unit: Unit, root: Path = ROOT) -> dict[Path, bytes]:
    """Path, relative to the notebook, and content of the mechanisms that the unit takes from the library.

    Raises
    ------
    CourseError
        If the library lacks one, or the unit has a file of that name of its own.
    """
    folder = Path("mod") if unit.kind == "exercise" else Path("mod", unit.id)
    files = {}
    for name in unit.mechanisms:
        path = root / LIBRARY / f"{name}.mod"
        if not path.exists():
            raise CourseError(f"course.toml: unit {unit.id!r}: there is no mechanism {LIBRARY / path.name}.")
        own = text_folder(unit, root) / folder / path.name
        if unit.kind == "exercise" and own.exists():
            raise CourseError(f"{own}: the unit takes this mechanism from {LIBRARY}. Delete one, or rename it.")
        files[folder / path.name] = path.read_bytes()
    return files


def _beside(folder: Path, cells: list[text.Cell]) -> dict[Path, bytes]:
    paths = [path for name in BESIDE for path in sorted((folder / name).rglob("*")) if path.is_file()]
    return _student_files(cells) | {path.relative_to(folder): path.read_bytes() for path in paths}


def _student_files(cells: list[text.Cell]) -> dict[Path, bytes]:
    """Those of the student files that the text uses."""
    sources = "\n".join(cell.source for cell in cells)
    wanted = {"checks.py": "checks", "mechanisms.py": "import mechanisms", "course.mplstyle": "course.mplstyle"}
    return {Path(name): (STUDENT_FILES / name).read_bytes() for name, word in wanted.items() if word in sources}


def unknown_files(course: Course, root: Path = ROOT) -> list[Path]:
    """Files in the made folders that no text makes any more; the build leaves them for a person to delete."""
    wanted = set(made_files(course, root))
    folders = [root / parent for parent in ("Exercises", "Solutions")]
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    found += (root / "lectures").glob("*.*")
    caches = ("__pycache__", ".ipynb_checkpoints", ".mechanisms")
    return sorted(path for path in found if path not in wanted and not set(path.parts) & set(caches))
