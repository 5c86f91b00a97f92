"""Compile the mechanisms of a folder once, and load them into NEURON.

    import mechanisms
    mechanisms.load("mod")

NEURON describes ion channels, synapses and pumps in ``.mod`` files. They must be translated and compiled before a
simulation can use them. `load` does that the first time, keeps the result in the hidden folder ``.mechanisms`` beside
the notebook, and finds it there from then on.
"""

import atexit
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

CACHE = ".mechanisms"
CHATTER = (
    r"^( ->| =>|Mod files:|Creating |MODOBJS|Translating |Thread Safe|Notice:|make(\[\d+\])?:|cfiles =|"
    r"NOTE: If you are encountering|refer to the C\+\+ migration|.*pkg_resources|$)"
)


def load(folder="mod"):
    """Load all mechanisms of a folder; compile those that were not compiled before.

    Parameters
    ----------
    folder : str or Path
        Where the ``.mod`` files lie.

    Returns
    -------
    list of str
        The names of the mechanisms, as in ``section.insert(name)`` or ``h.name(segment)``.

    Raises
    ------
    FileNotFoundError
        There is no ``.mod`` file in the folder.
    RuntimeError
        A mechanism does not compile, or cannot be loaded: the message says why and what to do.
    """
    import neuron

    folder = Path(folder)
    files = _mechanism_files(folder)
    new = {}
    for name, path in files.items():
        loaded = _loaded_source(name)
        if loaded is None:
            if neuron.h.name_declared(name):
                raise RuntimeError(f"{path.name}: NEURON already uses the name {name!r}. Choose another one.")
            new[name] = path
        elif loaded and _bare(loaded) != _bare(_read(path)):
            raise RuntimeError(
                f"Another version of {name!r} ({path.name}) is loaded already, and NEURON cannot replace it. "
                "Restart the kernel (menu Kernel > Restart) and run the notebook again. "
                "If that does not help, the name belongs to a mechanism of NEURON's own, or an old folder "
                f"{platform.machine()}/ lies beside the notebook: choose another name, or delete that folder."
            )
    if new:
        library = compile_once(list(new.values()))
        neuron.load_mechanisms(os.path.relpath(str(library)))  # NEURON takes no path with letters beyond ASCII
        missing = [name for name in new if _loaded_source(name) is None]
        if missing:
            raise RuntimeError(
                f"NEURON did not load {', '.join(missing)} from {library}. "
                "Delete that folder, restart the kernel and run the notebook again."
            )
    return list(files)


def compile_once(paths, cache=CACHE):
    """Compile mechanisms, or find them compiled; needs NEURON installed, but does not load them.

    Parameters
    ----------
    paths : list of Path
        The ``.mod`` files, all of one folder. Headers beside them are taken along.
    cache : str or Path
        Where compiled mechanisms are kept, by the content of their sources.

    Returns
    -------
    Path
        A folder for ``neuron.load_mechanisms``. It is complete or not there at all, also when two
        processes compile the same at once or one of them is stopped.
    """
    headers = [path for path in Path(paths[0]).parent.iterdir() if path.suffix in (".inc", ".h", ".hpp")]
    sources = sorted([Path(path) for path in paths] + headers)
    cache = Path(cache).absolute()
    target = cache / _fingerprint(sources)
    if target.is_dir():
        return target
    try:
        cache.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".new-", dir=str(cache)))
    except OSError:  # a folder that cannot be written: keep the result as long as this process lives
        cache = Path(tempfile.mkdtemp(prefix="mechanisms-"))
        atexit.register(shutil.rmtree, str(cache), ignore_errors=True)
        target, staging = cache / target.name, cache / "new"
        staging.mkdir()
    try:
        _compile(sources, staging)
        staging.chmod(0o755)
        try:
            staging.rename(target)
        except OSError:  # another process was faster
            if not target.is_dir():
                raise
    finally:
        shutil.rmtree(str(staging), ignore_errors=True)
    return target


def _compile(sources, target):
    """Run nrnivmodl on copies of the sources and put the library into the target folder."""
    nrnivmodl = _nrnivmodl()
    count = sum(path.suffix == ".mod" for path in sources)
    print(f"Compiling {count} mechanism{'s' if count > 1 else ''} (a few seconds, once) ...", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        build = Path(folder).resolve()
        (build / "mod").mkdir()
        for path in sources:
            shutil.copyfile(str(path), str(build / "mod" / path.name))
        done = subprocess.run(
            [nrnivmodl, "mod"],
            cwd=str(build),
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        libraries = sorted(build.glob("*/**/libnrnmech.*"))
        if done.returncode or not libraries:
            output = done.stdout.decode(errors="replace").replace(str(build) + os.sep, "")
            raise RuntimeError(_explain(output, sources)) from None
        for library in libraries:
            place = target / library.relative_to(build)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(str(library), str(place))


def _nrnivmodl():
    """The command that compiles mechanisms: the one beside this Python, else the one on PATH."""
    found = _which("nrnivmodl")
    if not found:
        raise RuntimeError(
            "nrnivmodl, which compiles mechanisms, was not found: NEURON is not installed in full. "
            "Check that the notebook runs in the course's kernel (menu Kernel > Change Kernel)."
        )
    return found


def _which(program):
    """Where a program is: beside this Python (a kernel is often started without its folder on PATH), or on PATH."""
    return shutil.which(program, path=_path())


def _path():
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])


def _environment():
    """Environment variables for nrnivmodl."""
    environment = dict(os.environ, PATH=_path(), PYTHONWARNINGS="ignore")
    built_with = (sysconfig.get_config_var("CXX") or "").split()
    compiler = _compiler()
    if compiler and "CXX" not in environment and not (built_with and _which(built_with[0])):
        environment["CXX"] = compiler
        environment.setdefault("CC", compiler.replace("clang++", "clang").replace("g++", "gcc").replace("c++", "cc"))
    return environment


def _compiler():
    """A C++ compiler, or None."""
    names = os.environ.get("CXX", "").split()[:1] + ["c++", "g++", "clang++"]
    return next(filter(None, map(_which, names)), None)


def _explain(output, sources):
    """What went wrong in nrnivmodl, in words."""
    if "No module named 'pkg_resources'" in output:
        return "This NEURON needs an older setuptools to compile mechanisms. In a terminal: pip install 'setuptools<81'"
    output = re.sub(r"\x1b\[[0-9;]*m", "", output).split("Traceback (most recent call last)")[0]
    lines = [line.rstrip() for line in output.splitlines() if not re.match(CHATTER, line.strip(" ") and line)]
    lines = [line for line in lines if not os.path.isabs(line)][:30]
    places = [where for line in lines for where in _places(line, sources)]
    lacking = [name for name in ("make", "perl") if not _which(name)]
    if not _compiler():
        lacking.insert(0, "a C++ compiler")
    if lacking and not places:
        return (
            f"Mechanisms cannot be compiled here: {' and '.join(lacking)} was not found. "
            "On Debian or Ubuntu: sudo apt install g++ make perl. On macOS: xcode-select --install. "
            "With conda: conda install -c conda-forge cxx-compiler make perl. "
            "On EBRAINS: change to a kernel that has a compiler, and report it (see the notebook About this kernel)."
        )
    head = "The mechanism does not compile"
    if places:
        head += " (" + "; ".join(dict.fromkeys(places)) + ")"
    return head + ". What nrnivmodl says:\n\n" + "\n".join(lines or output.splitlines()[-15:])


def _places(line, sources):
    """File and line of a .mod file that a line of compiler output speaks of."""
    named = re.search(r"at line (\d+) in file (\S+\.mod)", line)
    if named:
        return [f"{named.group(2)}, line {named.group(1)}"]
    shown = re.match(r"\s*\d+ \| (.+)", line)  # the translated code: look for the line that it came from
    code = re.sub(r"[\s;{}]", "", shown.group(1)) if shown else ""
    if len(code) < 4:
        return []
    return [
        f"{path.name}, line {number}"
        for path in sources
        for number, text in enumerate(_read(path).splitlines(), start=1)
        if code in re.sub(r"[\s;{}]", "", text)
    ]


def _mechanism_files(folder):
    """The .mod files of a folder by the name of their mechanism."""
    if not folder.is_dir():
        raise FileNotFoundError(
            f"There is no folder {str(folder)!r} in {Path.cwd()}. It belongs beside the notebook: "
            "copy the whole folder of the unit, not the notebook alone."
        )
    files = {}
    for path in sorted(folder.glob("*.mod")):
        found = re.search(r"\b(?:SUFFIX|POINT_PROCESS|ARTIFICIAL_CELL)\s+(\w+)", _bare(_read(path)))
        name = found.group(1) if found else path.stem
        if name in files:
            raise RuntimeError(f"{files[name].name} and {path.name} both define {name!r}. Delete one of them.")
        files[name] = path
    if not files:
        raise FileNotFoundError(f"There is no .mod file in the folder {str(folder)!r}.")
    return files


def _loaded_source(name):
    """The source text of a loaded mechanism: "" where NEURON does not know it, None where it is not loaded."""
    from neuron import h

    reference = h.ref("")
    for kind in (0, 1):  # density mechanisms, point processes
        mechanisms = h.MechanismType(kind)
        for index in range(int(mechanisms.count())):
            mechanisms.select(index)
            mechanisms.selected(reference)
            if reference[0] == name:
                try:
                    return mechanisms.code()
                except UnicodeDecodeError:
                    return ""
    return None


def _bare(source):
    """NMODL without comments and white space at the ends of lines."""
    source = re.sub(r"(?ms)^\s*COMMENT\b.*?^\s*ENDCOMMENT\b", "", source)
    lines = (re.sub(r"[:?].*", "", line).strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line)


def _read(path):
    return path.read_text(encoding="utf-8", errors="replace")


def _fingerprint(sources):
    """A hash of everything that a compiled mechanism depends on."""
    import neuron

    parts = [neuron.__version__, platform.python_version(), platform.system(), platform.machine()]
    for path in sources:
        parts += [path.name, hashlib.sha256(path.read_bytes()).hexdigest()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
