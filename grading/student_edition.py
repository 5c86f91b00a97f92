"""The student edition: lectures and exercises that stand by themselves, without solutions, tests or tools."""

import os
import re
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

from grading.build import units
from grading.course import ROOT, Course, CourseError

BRANCH = "student-edition"
FOLDERS = ("Exercises", "lectures")
FILES = ("CITATION.cff", "LICENSE", "LICENSE-CONTENT", "environment.yml")
CUT = ("<!-- not in the student edition -->", "<!-- end -->")
IGNORED = (".ipynb_checkpoints", "__pycache__", ".mechanisms", "x86_64", "arm64", "aarch64")


def make_student_edition(course: Course, target: Path, root: Path = ROOT) -> list[Path]:
    """Write the student edition into an empty or new folder; return its files, relative to that folder.

    Notebooks are made from their texts, so a copy in Exercises/ that somebody worked in does not get out.

    Raises
    ------
    CourseError
        If the folder holds something already, or a marker in README.md has no partner.
    """
    if target.exists() and any(target.iterdir()):
        raise CourseError(f"{target} is not empty. Name a folder that is empty or does not exist yet.")
    files = edition_files(course, root)
    for path, content in files.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(content)
    return sorted(files)


def edition_files(course: Course, root: Path = ROOT) -> dict[Path, bytes]:
    """Path, relative to the edition's folder, and content of all its files."""
    made = {path.relative_to(root): content for path, content in units.made_files(course, root).items()}
    files = {path: content for path, content in made.items() if path.parts[0] in FOLDERS}
    for name in units.BESIDE:
        for path in sorted((root / "lectures" / name).rglob("*")):
            if path.is_file() and not set(path.parts) & set(IGNORED):
                files[path.relative_to(root)] = path.read_bytes()
    files |= {Path(name): (root / name).read_bytes() for name in FILES}
    files[Path("README.md")] = student_readme(made[Path("README.md")].decode(), course).encode()
    files[Path(".gitignore")] = "".join(f"{name}/\n" for name in IGNORED).encode()
    return files


def student_readme(text: str, course: Course) -> str:
    """README.md without what is for instructors and authors; its addresses lead to the student edition."""
    text = cut(text).replace(one_click_link(course, course.branch), one_click_link(course, BRANCH))
    return text.replace(f"--branch {course.branch} ", f"--branch {BRANCH} ")


def cut(text: str) -> str:
    """The text without the regions between the markers, and without comments.

    Raises
    ------
    CourseError
        If a marker has no partner.
    """
    begin, end = CUT
    kept, is_inside = [], False
    for line in text.splitlines():
        if line.strip() in CUT:
            if is_inside == (line.strip() == begin):
                raise CourseError(f"README.md: {begin} and {end} do not alternate.")
            is_inside = not is_inside
        elif not is_inside:
            kept.append(line)
    if is_inside:
        raise CourseError(f"README.md: {begin} without {end}.")
    kept = [line for line in kept if not line.startswith("<!--")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)) + "\n"


def one_click_link(course: Course, branch: str) -> str:
    """The address that copies the course into EBRAINS Lab and opens its first lecture (nbgitpuller)."""
    repository = course.repository.rstrip("/").removesuffix(".git")
    opened = f"lab/tree/{repository.rpartition('/')[2]}/{course.lectures[0].notebook.as_posix()}"
    query = f"repo={quote(repository, safe='')}&branch={quote(branch, safe='')}&urlpath={quote(opened, safe='')}"
    return f"https://lab.ebrains.eu/hub/user-redirect/git-pull?{query}"


def commit_student_edition(course: Course, branch: str = BRANCH, root: Path = ROOT) -> bool:
    """Commit the student edition to a branch of the repository; return whether anything changed.

    The commit follows the branch as it is on `origin` or here. History is only ever added to, since whoever has
    cloned the branch could not update it otherwise. Neither the working tree nor the index is touched.
    """
    with tempfile.TemporaryDirectory() as scratch:
        edition = Path(scratch, "edition")
        make_student_edition(course, edition, root)
        place = {"GIT_DIR": _git(root, "rev-parse", "--absolute-git-dir"), "GIT_WORK_TREE": str(edition)}
        place["GIT_INDEX_FILE"] = str(Path(scratch, "index"))
        _git(edition, "add", "--all", "--force", ".", **place)
        tree = _git(edition, "write-tree", **place)
    parent = _revision(root, f"refs/remotes/origin/{branch}") or _revision(root, f"refs/heads/{branch}")
    if parent and _git(root, "rev-parse", f"{parent}^{{tree}}") == tree:
        commit = parent
    else:
        source = _git(root, "rev-parse", "--short", "HEAD")
        follows = ("-p", parent) if parent else ()
        commit = _git(root, "commit-tree", tree, *follows, "-m", f"Student edition of {source}")
    _git(root, "update-ref", f"refs/heads/{branch}", commit)
    return commit != parent


def _revision(root: Path, name: str) -> str:
    """The commit that a reference names, or an empty string if there is none."""
    return _git(root, "for-each-ref", "--format=%(objectname)", name)


def _git(folder: Path, *words: str, **environment: str) -> str:
    done = subprocess.run(
        ["git", *words], cwd=folder, env=os.environ | environment, capture_output=True, text=True, encoding="utf-8"
    )
    if done.returncode:
        raise CourseError(f"git {words[0]} failed: {done.stderr.strip()}")
    return done.stdout.strip()
