"""A hand-in as a folder: its files by name, read without following links, and written as a whole."""

import hashlib
import os
import shutil
from pathlib import Path

from grading.execution import files
from grading.submissions import STAMP


def read(folder: Path) -> dict[str, bytes]:
    """Name and content of the regular files below a folder; links are not followed."""
    found = {}
    for parent, _, names in os.walk(folder, followlinks=False):
        for path in (Path(parent, name) for name in sorted(names)):
            if path.is_file() and not path.is_symlink():
                found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def write(folder: Path, contents: dict[str, bytes]) -> None:
    """Write a folder beside its place and move it there; what lay there must be kept elsewhere."""
    scratch = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.parent.mkdir(parents=True, exist_ok=True)
    files.write(contents, scratch)
    if folder.exists():
        shutil.rmtree(folder)
    scratch.rename(folder)


def digest(notebook: bytes | None, beside: dict[str, bytes]) -> str:
    """Changes when the notebook or one of the files beside it changes."""
    made = hashlib.sha256(notebook or b"")
    for name, content in sorted(beside.items()):
        made.update(os.fsencode(name) + b"\0" + content)
    return made.hexdigest()


def digest_of(folder: Path) -> str:
    """Changes when a file changes that a student handed in."""
    found = read(folder)
    found.pop(STAMP, None)
    return digest(b"", found)
