"""A hand-in as a folder: its files by name, read without following links, and written as a whole."""

import hashlib
import os
import shutil
from pathlib import Path

from grading.submissions import STAMP


def contents(folder: Path) -> dict[str, bytes]:
    """Name and content of the regular files below a folder; links are not followed."""
    found = {}
    for parent, _, names in os.walk(folder, followlinks=False):
        for path in (Path(parent, name) for name in sorted(names)):
            if path.is_file() and not path.is_symlink():
                found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def write(folder: Path, files: dict[str, bytes]) -> None:
    """Write a folder beside its place and move it there; what lay there must be kept elsewhere."""
    scratch = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    fill(scratch, files)
    if folder.exists():
        shutil.rmtree(folder)
    scratch.rename(folder)


def fill(folder: Path, files: dict[str, bytes]) -> None:
    """Write files into a folder that is there."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def digest(notebook: bytes | None, files: dict[str, bytes]) -> str:
    """Changes when the notebook or one of the files beside it changes."""
    made = hashlib.sha256(notebook or b"")
    for name, content in sorted(files.items()):
        made.update(os.fsencode(name) + b"\0" + content)
    return made.hexdigest()


def digest_of(folder: Path) -> str:
    """Changes when a file changes that a student handed in."""
    files = contents(folder)
    files.pop(STAMP, None)
    return digest(b"", files)
