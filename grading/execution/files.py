"""The files beside a notebook: those that a run needs, from a folder and into one."""

import os
from pathlib import Path, PurePosixPath

MAX_FILES_MB, MAX_FILES = 200, 5000
LEFT_OUT = (".ipynb_checkpoints", "__pycache__", ".mechanisms", "x86_64", "arm64", ".git")


def beside(folder: Path) -> dict[str, bytes]:
    """Regular files below a folder; links are not followed, notebooks and caches are left out.

    Raises
    ------
    ValueError
        If they are too large, or too many.
    """
    found, size = {}, 0
    for parent, folders, names in os.walk(folder, followlinks=False):
        folders[:] = [name for name in folders if name not in LEFT_OUT]
        for path in (Path(parent, name) for name in sorted(names) if name not in LEFT_OUT):
            if path.is_symlink() or not path.is_file() or path.suffix == ".ipynb":
                continue
            size += path.stat().st_size
            if size > MAX_FILES_MB * 1_000_000:
                raise ValueError(f"the files beside the notebook are larger than {MAX_FILES_MB} MB")
            if len(found) == MAX_FILES:
                raise ValueError(f"more than {MAX_FILES} files lie beside the notebook")
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def without_those_that_meet(theirs: dict[str, bytes], course_files: dict[str, bytes]) -> dict[str, bytes]:
    """A student's files, without those that have the name of one of the course's, or of a folder of it, or lie below one."""
    taken = {*course_files, *(str(parent) for name in course_files for parent in PurePosixPath(name).parents)}
    below = {name for name in theirs if any(str(parent) in course_files for parent in PurePosixPath(name).parents)}
    return {name: content for name, content in theirs.items() if name not in taken | below}


def write(files: dict[str, bytes], folder: Path) -> None:
    """Make the folder, with these files in it."""
    folder.mkdir()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
