"""Files out of a zip or a folder, within limits: no link is followed, nothing is written but numbered files."""

import os
import stat
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from grading.course import CourseError
from grading.handin.names import Owner

MAX_RATIO = 200  # a notebook full of pictures shrinks 2-fold, repeated text 50-fold, a bomb 1000-fold
MAX_NAME = 1000
SMALL = 1_000_000  # below this, the ratio does not matter
NOISE = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".ipynb_checkpoints", "__pycache__", ".git")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True)
class Limits:
    """What one zip or folder may hold."""

    files: int
    file_mb: int
    total_mb: int


WHOLE = Limits(files=20_000, file_mb=200, total_mb=10_000)  # a class
ONE = Limits(files=1_000, file_mb=50, total_mb=200)  # a student


@dataclass(frozen=True)
class Entry:
    """A regular file: the name that it had, with `/` between folders, and where its content lies now."""

    name: str
    path: Path
    modified: datetime | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        return PurePosixPath(self.name).parts


@dataclass(frozen=True)
class Refused:
    """A file that was not taken, why, and whose it is."""

    name: str
    why: str
    owner: Owner | None = None


def unpack(archive: Path, target: Path, limits: Limits) -> tuple[list[Entry], list[Refused]]:
    """Unpack a zip's files to `target/0`, `target/1`, ...: their names never touch the disk.

    What the zip says about sizes is checked first and what comes out of it is counted, since a zip can lie.

    Raises
    ------
    CourseError
        If it is no zip that can be read, or holds too many files.
    """
    target.mkdir(parents=True)
    entries: list[Entry] = []
    refused: list[Refused] = []
    left = limits.total_mb * 1_000_000
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [member for member in opened.infolist() if not member.filename.endswith("/")]
            if len(members) > limits.files:
                raise CourseError(f"it holds {len(members)} files, more than {limits.files}")
            for number, member in enumerate(members):
                name = _name(member)
                if set(PurePosixPath(name).parts) & set(NOISE) or PurePosixPath(name).name.startswith("._"):
                    continue
                why = _objection(member, name, limits)
                if not why:
                    path = target / str(number)
                    size, why = _copy(opened, member, path, min(limits.file_mb * 1_000_000, left))
                    left -= size
                if why:
                    refused.append(Refused(name, why))
                else:
                    entries.append(Entry(name, path))
    except BROKEN as error:
        raise CourseError(f"the zip cannot be read ({error})") from error
    return entries, refused


def _name(member: zipfile.ZipInfo) -> str:
    """The member's name; programs that write UTF-8 and do not say so (macOS) are understood."""
    name = member.filename
    if not member.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass
    return unicodedata.normalize("NFC", name).replace("\\", "/")


def _objection(member: zipfile.ZipInfo, name: str, limits: Limits) -> str:
    path, kind = PurePosixPath(name), member.external_attr >> 16
    if not path.parts:
        return "it has no name"
    if ".." in path.parts or path.is_absolute() or path.parts[:1] and path.parts[0].endswith(":"):
        return "its name leads out of the zip"
    if len(name.encode()) > MAX_NAME or any(len(part.encode()) > 255 for part in path.parts):
        return "its name is too long"
    if stat.S_IFMT(kind) not in (0, stat.S_IFREG):
        return "a link" if stat.S_ISLNK(kind) else "no regular file"
    if member.flag_bits & 0x1:
        return "encrypted: ask for it without a password"
    if member.file_size > limits.file_mb * 1_000_000:
        return f"larger than {limits.file_mb} MB"
    if member.file_size > max(SMALL, MAX_RATIO * member.compress_size):
        return f"it grows more than {MAX_RATIO}-fold, as a zip bomb does"
    return ""


def _copy(opened: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, most: int) -> tuple[int, str]:
    """Write a member to a file; returns how much came out and why it was not kept."""
    size = 0
    try:
        with opened.open(member) as source, path.open("xb") as target:
            while block := source.read(1 << 20):
                size += len(block)
                if size > most:
                    break
                target.write(block)
    except BROKEN as error:
        path.unlink(missing_ok=True)
        return size, f"damaged ({error})"
    if size > most:
        path.unlink()
        return size, "the zip holds more than it may"
    return size, ""


def walk(folder: Path, limits: Limits) -> tuple[list[Entry], list[Refused]]:
    """The regular files below a folder.

    Raises
    ------
    CourseError
        If there are too many.
    """
    entries: list[Entry] = []
    refused: list[Refused] = []
    for parent, folders, names in os.walk(folder, followlinks=False):
        linked = [name for name in folders if Path(parent, name).is_symlink()]
        folders[:] = sorted(name for name in folders if name not in linked and name not in NOISE)
        for path in (Path(parent, name) for name in sorted([*names, *linked])):
            name = unicodedata.normalize("NFC", os.fsencode(path.relative_to(folder)).decode("utf-8", "replace"))
            if path.name in NOISE or path.name.startswith("._"):
                continue
            state = path.lstat()
            if not stat.S_ISREG(state.st_mode):
                refused.append(Refused(name, "a link" if stat.S_ISLNK(state.st_mode) else "no regular file"))
            elif state.st_size > limits.file_mb * 1_000_000:
                refused.append(Refused(name, f"larger than {limits.file_mb} MB"))
            else:
                entries.append(Entry(name, path, datetime.fromtimestamp(state.st_mtime, UTC)))
            if len(entries) > limits.files:
                raise CourseError(f"{folder} holds more than {limits.files} files: is this the right folder?")
    return entries, refused
