"""The tests of the tests: plausible wrong answers must fail as foreseen, right ones must pass.

A variant replaces some of the reference solution's answers; each runs through the real grading pipeline.
"""

import hashlib
import json
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from grading import course as courses
from grading import samples
from grading.build import notebook, text
from grading.build.markers import SOLUTION, drop_markers
from grading.course import Course, CourseError, Unit

FOLDER = courses.ROOT / "grading/tests/variants"
CACHE = courses.ROOT / ".cache/variants"
NOT_GRADED = ""  # stands for the id of a test where the reason is told why a submission was not graded
HEADER = re.compile(r"# (fails|says|passes): *(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Variant:
    """Replaced answers by name; `fails` are the ids of the tests that must fail, `says` words of the first message."""

    name: str
    answers: dict[str, str]
    fails: tuple[str, ...] = ()
    says: str = ""

    @property
    def right(self) -> bool:
        return not self.fails


@dataclass(frozen=True)
class Result:
    """What the pipeline made of a variant: messages of the tests that failed, and what is wrong with that."""

    name: str
    right: bool
    messages: dict[str, str]
    complaint: str


def read(path: Path, known: set[str]) -> Variant:
    """Read a variant file of an exercise with these answers.

    Raises
    ------
    TextError
        If the header is incomplete or a cell is not an answer of this exercise.
    """
    head = dict(HEADER.findall(path.read_text(encoding="utf-8")))
    cells = text.read_cells(path)
    for cell in cells:
        if cell.role != "answer" or cell.name not in known:
            raise text.TextError(path, cell.line, "a variant holds answer cells of its exercise and nothing else")
    answers = {cell.name: drop_markers(cell.source, SOLUTION) for cell in cells}
    if path.name.startswith("right_") and head.get("passes") == "all" and len(head) == 1:
        return Variant(path.stem, answers)
    if path.name.startswith("wrong_") and head.get("fails") and head.get("says"):
        fails = tuple(name.strip() for name in head["fails"].split(","))
        return Variant(path.stem, answers, fails, json.loads(head["says"]))
    raise text.TextError(
        path, 1, 'a variant is right_*.py with "# passes: all" or wrong_*.py with "# fails:" and "# says:"'
    )


def read_all(exercise: Unit) -> list[Variant]:
    """The variants of an exercise by name, right ones first."""
    known = answer_names(exercise)
    return [read(path, known) for path in sorted((FOLDER / exercise.id).glob("*.py"))]


def answer_names(exercise: Unit) -> set[str]:
    """What the answers of an exercise are called: `x` for `answer="x"`."""
    return {cell.name for cell in text.read(exercise.text, exercise) if cell.role == "answer"}


def run(
    exercise: Unit,
    course: Course,
    names: list[str] | None = None,
    report: Callable[[int, int, Result], None] = lambda done, total, result: None,
) -> list[Result]:
    """Grade the variants, the reference and the untouched notebook; what came out as it should is remembered.

    Raises
    ------
    CourseError
        If a name is no variant of this exercise.
    """
    source = notebook.source_notebook(text.read(exercise.text, exercise), course)
    tests = tuple(cell.id for cell in source.cells if cell.id.startswith("test_"))
    answers = [cell.id.removeprefix("answer_") for cell in source.cells if cell.id.startswith("answer_")]
    variants = [Variant("reference", {}), *read_all(exercise), Variant("untouched", dict.fromkeys(answers, ""), tests)]
    if names:
        unknown = set(names) - {variant.name for variant in variants}
        if unknown:
            raise CourseError(f"No such variant of {exercise.id}: {', '.join(sorted(unknown))}.")
        variants = [variant for variant in variants if variant.name in names]
    submitted = samples.submissions(exercise, course, {variant.name: variant.answers for variant in variants})
    if "untouched" in submitted:
        submitted["untouched"] = samples.submission(exercise, course, {}, "untouched")
    by_name = {variant.name: variant for variant in variants}
    results: dict[str, Result] = {}

    def finish(name: str, messages: dict[str, str]) -> bool:
        variant = by_name[name]
        results[name] = Result(name, variant.right, messages, complaint(variant, messages, tests))
        report(len(results), len(variants), results[name])
        return not results[name].complaint

    grade(submitted, exercise, course, finish)
    return [results[variant.name] for variant in variants]


def grade(
    submitted: dict[str, NotebookNode],
    exercise: Unit,
    course: Course,
    finish: Callable[[str, dict[str, str]], bool],
    cell_seconds: int | None = None,
) -> None:
    """Send notebooks through the real pipeline in a workspace of its own; unchanged ones are remembered.

    The reference runs with every cell. Of the others those are left out that no test needs, since figures and numbers
    below given cells take half of the time, and the tests above the first answer that is not the reference's.

    Parameters
    ----------
    submitted : dict
        Notebooks by name; the names serve as students.
    finish : callable
        Is told of each as it comes: its name and the messages of the tests that failed, by id. It says whether to
        remember that: what should not be may be due to a busy machine.
    cell_seconds : int, optional
        Another limit than the course's for each cell.
    """
    from grading.autograde import autograde
    from grading.execution.warm import TESTS_ONLY

    source = notebook.source_notebook(text.read(exercise.text, exercise), course)
    keys = {name: _key(made, source, cell_seconds) for name, made in submitted.items()}
    pending = []
    for name, key in keys.items():
        remembered = CACHE / f"{key}.json"
        if remembered.exists():
            finish(name, json.loads(remembered.read_text(encoding="utf-8")))
        else:
            pending.append(name)
    if not pending:
        return

    def graded(done: int, total: int, outcome) -> None:
        messages = _messages(outcome, exercise)
        if finish(outcome.student, messages) and NOT_GRADED not in messages:
            _remember(keys[outcome.student], messages)

    with (
        tempfile.TemporaryDirectory() as folder,
        courses.use_workspace(Path(folder), cell_seconds),
        courses.use_environment({TESTS_ONLY: "1"}),
    ):
        for name in pending:
            samples.hand_in(submitted[name], name, exercise)
        autograde(exercise, course, report=graded)


def complaint(variant: Variant, messages: dict[str, str], tests: tuple[str, ...]) -> str:
    """What is unfair about these results, in words; empty if the variant came out as it should."""
    unknown = set(variant.fails) - set(tests)
    if unknown:
        return f"names tests that do not exist: {', '.join(sorted(unknown))}"
    missed = [name for name in variant.fails if name not in messages]
    punished = [name for name in messages if name not in variant.fails]
    if missed:
        return f"a wrong answer passes {', '.join(missed)}"
    if punished:
        return f"punished by {punished[0]}: {messages[punished[0]]}"
    first = next((messages[name] for name in tests if name in messages), "")
    if variant.says.lower() not in first.lower():
        return f"{variant.says!r} is not in the message {first!r}"
    silent = [name for name, message in messages.items() if len(message) < 10]
    return f"no helpful message in {', '.join(silent)}" if silent else ""


def _messages(outcome, exercise: Unit) -> dict[str, str]:
    from grading.preprocessors.verdict import error_message, passed
    from grading.results.scores import is_test

    if outcome.state != "graded":
        return {NOT_GRADED: f"not graded: {outcome.reason}"}
    path = courses.workspace() / "autograded" / outcome.student / exercise.id / f"{exercise.id}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    cells = [cell for cell in cells if is_test(cell) and not passed(cell)]
    return {cell.metadata["nbgrader"]["grade_id"]: error_message(cell) for cell in cells}


def _key(made: NotebookNode, source: NotebookNode, cell_seconds: int | None) -> str:
    """Changes with the code of the submission and of the exercise, with limit, grader and packages."""
    code = [cell.source for notebook in (made, source) for cell in notebook.cells if cell.cell_type == "code"]
    digest = hashlib.sha256(json.dumps([*code, cell_seconds]).encode())
    folders = [courses.ROOT / "grading" / name for name in ("student", "preprocessors", "execution", "environments")]
    for path in sorted(path for folder in folders for path in folder.glob("*.*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


def _remember(key: str, messages: dict[str, str]) -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    (CACHE / f"{key}.json").write_text(json.dumps(messages), encoding="utf-8")
