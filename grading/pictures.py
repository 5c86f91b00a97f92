"""Make the expected pictures of a unit: run its text with the answers and keep what guards save in figures/."""

import shutil
import sys
import tempfile
from pathlib import Path

from grading import kernels
from grading.build import notebook, text
from grading.build.units import STUDENT_FILES, library_files
from grading.course import Course, CourseError, Unit, text_folder


def folder_of(unit: Unit) -> Path:
    """The folder with the unit's figures, data and mechanisms."""
    return text_folder(unit).parent if unit.kind == "lecture" else text_folder(unit)


def stage(unit: Unit, folder: Path) -> None:
    """Put all that the unit's notebook finds beside it into a folder."""
    source = folder_of(unit)
    for name in ("figures", "data", "mod"):
        if (source / name).is_dir():
            shutil.copytree(source / name, folder / name, dirs_exist_ok=True)
    for name, content in library_files(unit).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    for path in STUDENT_FILES.glob("*.*"):
        shutil.copy(path, folder)


def make_pictures(unit: Unit, course: Course) -> list[Path]:
    """Run the guarded notebook and copy figures/ back beside the text.

    Raises
    ------
    CourseError
        If a cell fails; the message gives its line in the text.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stage(unit, folder)
        guarded = notebook.guarded_notebook(text.read(unit.text, unit), course)
        outcome = kernels.run(guarded, folder, Path(sys.executable))
        if outcome.errors:
            failed = "\n".join(f"{unit.text}:{cell.removeprefix('line-')}: {e}" for cell, e in outcome.errors.items())
            raise CourseError(f"The text does not run:\n{failed}")
        target = folder_of(unit) / "figures"
        made = sorted((folder / "figures").glob("*"))
        for path in made:
            target.mkdir(exist_ok=True)
            shutil.copy(path, target)
        return [target / path.name for path in made]
