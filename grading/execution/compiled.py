"""The course's own mechanisms and Python files, compiled once by their content, to lie beside each submission.

Every submission gets a copy of its own: what it does to it reaches nobody else, and what it compiles itself stays with
it. Only files of the course are compiled here.
"""

import atexit
import fcntl
import hashlib
import platform
import py_compile
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import cache_from_source
from pathlib import Path, PurePosixPath

from grading import course as courses
from grading.execution.warm import environment

STUDENT_FILES = Path(__file__).resolve().parent.parent / "student"
BESIDE = ".mechanisms"  # where student/mechanisms.py looks for what was compiled before
HEADERS = (".inc", ".h", ".hpp")
SECONDS = 300
COMPILE = """
import sys
sys.path.insert(0, sys.argv[1])
import mechanisms
mechanisms.compile_once(sys.argv[3:], cache=sys.argv[2])
"""


def compiled(course_files: dict[str, bytes]) -> dict[str, bytes]:
    """What to put beside a notebook: bytecode, and the compiled mechanisms of each folder of the course's files, by name.

    What cannot be compiled is left out: the notebook says why itself when it tries.
    """
    found: dict[str, bytes] = {}
    folders: dict[PurePosixPath, dict[str, bytes]] = {}
    for name, content in course_files.items():
        path = PurePosixPath(name)
        if path.suffix == ".mod" or path.suffix in HEADERS:
            folders.setdefault(path.parent, {})[path.name] = content
        elif path.suffix == ".py":
            found |= _bytecode(name, content)
    for sources in folders.values():
        if any(name.endswith(".mod") for name in sources):
            found |= _compiled(tuple(sorted(sources.items())))
    return found


@cache
def _bytecode(name: str, source: bytes) -> dict[str, bytes]:
    """Bytecode that Python takes without a look at the source: kernels and graders import `checks` again and again."""
    with tempfile.TemporaryDirectory(prefix="bytecode-") as folder:
        path, made = Path(folder, "source"), Path(folder, "bytecode")
        path.write_bytes(source)
        try:
            mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
            py_compile.compile(str(path), str(made), name, doraise=True, invalidation_mode=mode)
        except py_compile.PyCompileError:
            return {}
        return {cache_from_source(name): made.read_bytes()}


@cache
def _compiled(sources: tuple[tuple[str, bytes], ...]) -> dict[str, bytes]:
    place = _cache() / _key(sources)
    with _alone(place):
        if not _files(place):
            _compile(sources, place)
    return {f"{BESIDE}/{path.relative_to(place)}": path.read_bytes() for path in _files(place)}


def _compile(sources: tuple[tuple[str, bytes], ...], place: Path) -> None:
    """In another process: importing NEURON takes longer than finding what was compiled before."""
    with tempfile.TemporaryDirectory(prefix="mechanisms-") as name:
        for file, content in sources:
            Path(name, file).write_bytes(content)
        mechanisms = [str(Path(name, file)) for file, _ in sources if file.endswith(".mod")]
        command = [sys.executable, "-c", COMPILE, str(STUDENT_FILES), str(place), *mechanisms]
        quiet = dict(stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            subprocess.run(command, cwd=name, env=environment(), timeout=SECONDS, **quiet)
        except subprocess.TimeoutExpired:
            return


def _files(place: Path) -> list[Path]:
    """All of what was finished; an interrupted compilation leaves a folder with a dot behind."""
    return sorted(path for path in place.glob("[!.]*/**/*") if path.is_file())


def _key(sources: tuple[tuple[str, bytes], ...]) -> str:
    try:
        neuron = version("neuron")
    except PackageNotFoundError:
        neuron = ""
    parts = [neuron, platform.python_version(), platform.system(), platform.machine()]
    parts += [f"{name} {hashlib.sha256(content).hexdigest()}" for name, content in sources]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _cache() -> Path:
    """In the course's cache, or for as long as this process lives where that cannot be written."""
    place = courses.ROOT / ".cache/mechanisms"
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place):
            return place
    except OSError:
        return _own_cache()


@cache
def _own_cache() -> Path:
    place = Path(tempfile.mkdtemp(prefix="mechanisms-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return place


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Let one process compile, while others wait for what it makes."""
    with open(f"{place}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
