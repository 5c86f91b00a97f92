"""The student edition: complete by itself, and free of answers."""

import re
import subprocess
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import nbformat
import pytest

from grading import student_edition
from grading.build import text
from grading.build.markers import HIDDEN_TESTS, MARK_SCHEME, SOLUTION, cut_region, split_region
from grading.course import ROOT, CourseError
from grading.student_edition import commit_student_edition, cut, make_student_edition, one_click_link

REGIONS = (SOLUTION, HIDDEN_TESTS, MARK_SCHEME)


@pytest.fixture(scope="module")
def edition(course, tmp_path_factory):
    folder = tmp_path_factory.mktemp("edition")
    listed = make_student_edition(course, folder)
    assert listed == sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return folder


def meaningful(source: str) -> set[str]:
    """Lines that are too long to stand elsewhere by chance."""
    lines = {line.strip().lstrip("# ") for line in source.splitlines()}
    return {line for line in lines if len(line) > 12}


def secret_lines(course) -> set[str]:
    """What stands in a hidden region, a solution, a mark scheme or a guard, and nowhere in what students get."""
    secret, given = set(), set()
    for unit in course.units:
        for cell in text.read(unit.text, unit):
            shown = cell.source
            for markers in REGIONS:
                secret |= meaningful(split_region(cell.source, markers)[1])
                shown = cut_region(shown, markers)
            if cell.role == "guard":
                secret |= meaningful(cell.source)
            else:
                given |= meaningful(shown)
    return secret - given


def content(path: Path) -> str:
    """What a person reads in a file: a notebook's cells, or the text; pictures say nothing."""
    if path.suffix == ".ipynb":
        return "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
    return path.read_bytes().decode(errors="ignore")


def prose(path: Path) -> str:
    """The Markdown of a notebook or a page."""
    if path.suffix == ".ipynb":
        cells = nbformat.read(path, as_version=4).cells
        return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return content(path)


def test_no_hidden_line_and_no_solution_line_in_any_file(course, edition):
    secret = secret_lines(course)
    assert len(secret) > 50 * len(course.exercises), "the texts hide next to nothing: this test would see nothing"
    library = set().union(*(meaningful(content(path)) for path in (ROOT / "grading/student").glob("*.*")))
    for path in edition.rglob("*"):
        if path.is_file():
            leaked = (secret - library) & meaningful(content(path))
            assert not leaked, f"{path.relative_to(edition)}: {sorted(leaked)[:3]}"
            assert not [marker for region in REGIONS for marker in region if marker in content(path)], path


def test_a_leak_would_be_seen(course, edition):
    """The same look at a solution does find lines."""
    exercise = course.exercises[0]
    solution = ROOT / "Solutions" / exercise.id / f"{exercise.id}.ipynb"
    assert len(secret_lines(course) & meaningful(content(solution))) > 10


def test_it_holds_every_unit_and_nothing_of_the_instructors_side(course, edition):
    assert {path.name for path in edition.iterdir()} == {
        *("README.md", "LICENSE", "LICENSE-CONTENT", "CITATION.cff", "environment.yml", ".gitignore"),
        *("Exercises", "lectures"),
    }
    notebooks = {path.relative_to(edition) for path in edition.rglob("*.ipynb")}
    assert notebooks == {unit.notebook for unit in course.units}
    assert not (edition / "lectures/text").exists()


def test_what_lies_beside_a_notebook_of_the_course_lies_beside_this_one(course, edition):
    for unit in course.units:
        folder = (ROOT / unit.notebook).parent
        beside = [path for path in folder.glob("*.*") if path.is_file()]
        beside += [path for name in ("figures", "data", "mod") for path in (folder / name).glob("*.*")]
        missing = [path for path in beside if not (edition / path.relative_to(ROOT)).exists()]
        assert not [path for path in missing if path.name not in student_edition.IGNORED]


def test_relative_links_lead_to_files_of_the_edition(edition):
    found = 0
    for path in [*edition.rglob("*.ipynb"), *edition.rglob("*.md")]:
        text = re.sub(
            r"```.*?```|`[^`]*`|<code>.*?</code>", "", prose(path), flags=re.DOTALL
        )  # code can look like a link
        for target in re.findall(r"\]\(([^)\s]+)\)|<img[^>]* src=\"([^\"]+)\"", text):
            address = "".join(target)
            if not re.match(r"[a-z]+:|#", address):
                found += 1
                assert (path.parent / unquote(address.partition("#")[0])).exists(), f"{path.name}: {address}"
    assert found > 5


def test_files_that_code_names_are_there(edition):
    """What a notebook opens or imports from beside itself."""
    for path in edition.rglob("*.ipynb"):
        code = "\n".join(c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code")
        for module in ("checks", "mechanisms"):
            if re.search(rf"^\s*import {module}\b", code, re.MULTILINE):
                assert (path.parent / f"{module}.py").exists(), f"{path.name} imports {module}"
        for name in re.findall(r'style\.use\("([^"]+\.mplstyle)"\)|mechanisms\.load\("([^"]+)"', code):
            assert (path.parent / "".join(name)).exists(), f"{path.name} uses {name}"
        if "environment.yml" in code:
            assert (edition / "environment.yml").exists()


def test_its_readme_is_for_students(course, edition):
    readme = (edition / "README.md").read_text(encoding="utf-8")
    assert "## For students" in readme and "## The units" in readme
    assert not re.search(r"For instructors|For authors|\bmake \w|Solutions/|grading/", readme.partition("\n## Lic")[0])
    assert all(unit.notebook.as_posix() in readme for unit in course.units)
    links = re.findall(r"\((https://lab\.ebrains\.eu/hub/[^)]+)\)", readme)
    assert [parse_qs(urlsplit(link).query)["branch"] for link in links] == [["student-edition"]]
    assert f"git clone --branch student-edition {course.repository}\n" in readme


def test_link_opens_the_first_lecture_of_the_repository(course):
    query = parse_qs(urlsplit(one_click_link(course, "main")).query)
    repository = "https://github.com/someone/a.course"
    assert query["urlpath"][0].endswith(f"/{course.lectures[0].notebook.as_posix()}")
    query = parse_qs(urlsplit(one_click_link(replace(course, repository=f"{repository}.git"), "a b&c")).query)
    assert query["repo"] == [repository] and query["branch"] == ["a b&c"]
    assert query["urlpath"][0].startswith("lab/tree/a.course/lectures/")


def test_a_folder_that_holds_something_is_refused(course, tmp_path):
    (tmp_path / "essay.txt").write_text("mine")
    with pytest.raises(CourseError, match="not empty"):
        make_student_edition(course, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["essay.txt"]


@pytest.mark.parametrize("order", ["B", "E", "BB", "BEE", "EB"])
def test_a_marker_without_a_partner_is_an_error(order):
    begin, end = student_edition.CUT
    with pytest.raises(CourseError, match="README"):
        cut("\n".join({"B": begin, "E": end}[letter] + "\nwords" for letter in order))


def test_the_cut_leaves_the_rest():
    begin, end = student_edition.CUT
    assert cut(f"a\n\n   {begin}\nb\n   {end}\n\nc\n") == "a\n\nc\n"


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """An empty repository in place of the course's, with an identity."""
    folder = tmp_path / "repository"
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "test")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "test@example.org")
    git(tmp_path, "init", "--quiet", "--initial-branch=main", str(folder))
    (folder / "own.txt").write_text("of the main branch")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message=first")
    return folder


def git(folder, *words):
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def test_committing_adds_to_the_branch_and_touches_nothing_else(course, repository, monkeypatch):
    files = {Path("README.md"): b"one"}
    monkeypatch.setattr(student_edition, "edition_files", lambda course, root: files)
    before = git(repository, "status", "--porcelain"), git(repository, "rev-parse", "HEAD")

    assert commit_student_edition(course, root=repository)
    first = git(repository, "rev-parse", "student-edition")
    assert not commit_student_edition(course, root=repository), "nothing new: no commit"
    assert git(repository, "rev-parse", "student-edition") == first

    files = {Path("README.md"): b"two", Path("lectures/a.txt"): b"new"}
    assert commit_student_edition(course, root=repository)
    assert git(repository, "rev-parse", "student-edition^") == first, "history is added to, never replaced"
    assert git(repository, "ls-tree", "-r", "--name-only", "student-edition").split() == ["README.md", "lectures/a.txt"]
    assert (git(repository, "status", "--porcelain"), git(repository, "rev-parse", "HEAD")) == before


def test_committing_follows_what_was_published(course, repository, tmp_path, monkeypatch):
    """A fresh clone, as a workflow has it: the branch is known on origin only."""
    monkeypatch.setattr(student_edition, "edition_files", lambda course, root: {Path("a.txt"): b"one"})
    commit_student_edition(course, root=repository)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(repository), str(clone))
    monkeypatch.setattr(student_edition, "edition_files", lambda course, root: {Path("a.txt"): b"two"})
    commit_student_edition(course, root=clone)
    git(clone, "push", "--quiet", "origin", "student-edition")
    assert git(repository, "rev-list", "--count", "student-edition") == "2"
