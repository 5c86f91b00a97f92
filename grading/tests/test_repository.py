"""What people and machines meet first: pages, licences, citation, workflows."""

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml

from grading.__main__ import _parser
from grading.build.readme import BEGIN, END, unit_table
from grading.course import ROOT
from grading.environments import install
from grading.student_edition import one_click_link

PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    *(f"grading/docs/{path.name}" for path in (ROOT / "grading/docs").glob("*.md")),
]
WORKFLOWS = sorted(path.name for path in (ROOT / ".github/workflows").glob("*.yml"))


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def without_code(text: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


def workflow(name: str) -> dict:
    return yaml.safe_load((ROOT / ".github/workflows" / name).read_text(encoding="utf-8"))


def steps(name: str) -> list[dict]:
    return [step for job in workflow(name)["jobs"].values() for step in job["steps"]]


def program(name: str) -> str:
    """A program of this environment; the tests need it, so that it is missing is a failure."""
    path = shutil.which(name, path=str(Path(sys.executable).parent))
    assert path, f"{name} is not installed: `make test` installs what pyproject.toml lists under test"
    return path


def complaints(*command) -> str:
    """What a checking program prints, if it is not content."""
    done = subprocess.run([str(word) for word in command], cwd=ROOT, capture_output=True, text=True, timeout=120)
    return done.stdout + done.stderr if done.returncode else ""


# Pages


def anchors(text: str) -> set[str]:
    """The names that GitHub gives a page's headings."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(name: str, text: str) -> list[str]:
    """Relative links of a page that lead nowhere."""
    broken = []
    for address in re.findall(r"\]\(([^)\s]+)\)", without_code(text)):
        if re.match(r"[a-z]+:", address):
            continue
        path, _, anchor = unquote(address).partition("#")
        target = (ROOT / name).parent / path if path else ROOT / name
        if not target.exists() or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
            broken.append(address)
    return broken


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name):
    assert not broken_links(name, page(name))


def test_a_broken_link_would_be_seen():
    text = "[a](LICENSE) [b](nowhere.md) [c](#licence) [d](CONTRIBUTING.md#no-such-heading) [e](https://example.org)"
    assert broken_links("README.md", text) == ["nowhere.md", "#licence", "CONTRIBUTING.md#no-such-heading"]


@pytest.mark.parametrize("name", PAGES)
def test_commands_exist(name):
    """Each `make` target and each `python -m grading` command that a page names."""
    text = "\n".join(re.findall(r"```.*?```|`[^`\n]*`", page(name), flags=re.DOTALL))
    makefile = page("Makefile")
    for target in re.findall(r"\bmake ([a-z][a-z-]*)", text):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"make {target}"
    commands = next(a for a in _parser()._actions if isinstance(a, argparse._SubParsersAction)).choices
    for command in re.findall(r"python -m grading ([a-z][a-z-]*)", text):
        assert command in commands, f"python -m grading {command}"


@pytest.mark.parametrize("name", PAGES)
def test_exercises_that_pages_name_exist(name, course):
    known = {unit.id for unit in course.units} | {"00_hostile"}  # the one that hostile submissions answer
    named = set(re.findall(r"\b\d\d_[a-z][a-z_]+\b", page(name)))
    assert named <= known


@pytest.mark.parametrize("name", PAGES)
def test_prose_keeps_the_house_rules(name):
    text = without_code(page(name))
    assert not re.findall(r"\b(?:simply|just|easily|obviously)\b", text, re.IGNORECASE)
    assert not re.findall(r"(?<![\w.])/(?:work|tmp|root|home)/", page(name)), "a path of one machine"


def test_readme_has_three_doors_the_table_and_the_right_addresses(course):
    readme = page("README.md")
    assert re.findall(r"^## For (\w+)$", readme, re.MULTILINE) == ["students", "instructors", "authors"]
    assert f"{BEGIN}\n{unit_table(course)}\n{END}" in readme, "run `make notebooks`"
    assert f"]({one_click_link(course, course.branch)})" in readme
    assert f"git clone --branch {course.branch} {course.repository}\n" in readme
    assert f"*Clone a Repository* → `{course.repository}`" in readme
    assert f"--name {course.kernel} --display-name {course.kernel_display_name}\n" in readme
    assert f"Change Kernel → {course.kernel_display_name}*" in readme
    assert len(readme.splitlines()) < 130, "one page"


def test_readme_tells_which_package_sets_are_tested():
    table = re.findall(r"^\| `([\w.-]+)` \| ([\d., ]+) \|", page("README.md"), re.MULTILINE)
    told = {name: set(re.findall(r"\d\.\d+", pythons)) for name, pythons in table}
    assert told == {name: set(package_set.pythons) for name, package_set in install.SETS.items()}


# Licences and citation


def test_licences_are_there_and_tell_what_they_cover():
    assert page("LICENSE").startswith("BSD 3-Clause License")
    assert len(re.findall(r"^\d\. ", page("LICENSE"), re.MULTILINE)) == 3
    content = page("LICENSE-CONTENT")
    assert "https://creativecommons.org/licenses/by/4.0/legalcode" in content
    assert 'license = "BSD-3-Clause"' in page("pyproject.toml")
    top = [path.name for path in ROOT.iterdir() if path.is_dir() and path.name.isalpha()]
    assert {"Exercises", "Solutions", "lectures", "grading"} <= set(top)
    assert not [name for name in top if f"{name}/" not in content], "which licence?"


def test_citation_is_valid_and_is_about_this_course(course):
    schema = "vendor.citation-file-format"
    assert not complaints(program("check-jsonschema"), "--builtin-schema", schema, "CITATION.cff")
    citation = yaml.safe_load(page("CITATION.cff"))
    assert course.title in citation["title"] and citation["repository-code"] == course.repository
    assert citation["license"] == ["BSD-3-Clause", "CC-BY-4.0"]


# Workflows


def test_there_are_workflows():
    assert WORKFLOWS == ["newest.yml", "student-edition.yml", "test.yml"]


@pytest.mark.parametrize("schema", ["vendor.github-workflows", "custom.github-workflows-require-timeout"])
def test_workflows_are_valid(schema):
    files = [f".github/workflows/{name}" for name in WORKFLOWS]
    assert not complaints(program("check-jsonschema"), "--builtin-schema", schema, *files)


def test_dependabot_file_is_valid():
    schema = "vendor.dependabot"
    assert not complaints(program("check-jsonschema"), "--builtin-schema", schema, ".github/dependabot.yml")


def test_workflows_are_safe():
    """Pinned actions, least permissions, no injection, no credentials left on disk (zizmor's audits, offline)."""
    files = [f".github/workflows/{name}" for name in WORKFLOWS]
    options = ("--offline", "--persona=pedantic", "--strict-collection")
    assert not complaints(program("zizmor"), *options, *files, ".github/dependabot.yml")


def test_checkouts_leave_no_token_behind():
    """zizmor takes an explicit `true` for intended."""
    checkouts = [step for name in WORKFLOWS for step in steps(name) if "actions/checkout@" in step.get("uses", "")]
    assert len(checkouts) == len(WORKFLOWS)
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_an_unsafe_workflow_would_be_seen(tmp_path):
    unpinned = re.sub(r"@[0-9a-f]{40} # v", "@v", page(".github/workflows/test.yml"))
    (tmp_path / "unsafe.yml").write_text(unpinned.replace("persist-credentials: false", "fetch-depth: 1"))
    found = complaints(program("zizmor"), "--offline", "--persona", "pedantic", tmp_path / "unsafe.yml")
    assert "unpinned-uses" in found and "artipacked" in found


def test_an_action_has_one_commit_and_one_version_in_all_workflows():
    used = {}
    for name in WORKFLOWS:
        for action, pin in re.findall(r"uses: (\S+)@(.+)$", page(f".github/workflows/{name}"), re.MULTILINE):
            assert re.fullmatch(r"[0-9a-f]{40} # v\d+\.\d+\.\d+", pin), f"{name}: {action}@{pin}"
            used.setdefault(action, set()).add(pin)
    assert used and all(len(pins) == 1 for pins in used.values()), used


def test_workflows_call_make_targets_that_exist():
    for name in WORKFLOWS:
        text = page(f".github/workflows/{name}")
        called = re.findall(r"run: make ([\w-]+)", text) + re.findall(r"target: ([\w-]+)", text)
        assert called
        for target in called:
            assert re.search(rf"^{target}:", page("Makefile"), re.MULTILINE), f"{name}: make {target}"


def test_the_matrix_is_all_package_sets_with_their_pythons():
    job = workflow("test.yml")["jobs"]["test"]
    assert {entry["set"] for entry in job["strategy"]["matrix"]["include"]} == set(install.SETS)
    pythons = next(step for step in job["steps"] if "setup-python" in step.get("uses", ""))["with"]["python-version"]
    assert set(pythons.split()) == {package_set.pythons[0] for package_set in install.SETS.values()}


@pytest.mark.parametrize("open_number, expected", [("", "issue create --title"), ("17", "issue comment 17 --body")])
def test_a_failure_opens_one_report_and_then_comments_on_it(open_number, expected, tmp_path):
    """The step's own script, with a `gh` that writes down how it is called."""
    script = next(step["run"] for step in steps("newest.yml") if "gh issue" in step.get("run", ""))
    stand_in = tmp_path / "gh"
    stand_in.write_text(f'#!/bin/sh\necho "$*" >> "{tmp_path}/calls"\n[ "$2" != list ] || echo "{open_number}"\n')
    stand_in.chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "RUN": "https://example.org/7"}
    subprocess.run(["bash", "-e", "-c", script], env=environment, check=True)
    listed, acted = (tmp_path / "calls").read_text().splitlines()
    assert listed.startswith("issue list --state open")
    assert acted.startswith(expected) and "https://example.org/7" in acted
