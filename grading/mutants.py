"""Mutants: the reference solution with one small mistake each, made by mutmut's operators.

A mutant that passes all tests of its answer survives. It shows a check that is missing, or it is explained in the
exercise's survivors.toml: it does the same, or what it changes is the student's to choose.
"""

import difflib
import hashlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from grading import samples, variants
from grading.build import text
from grading.build.markers import SOLUTION, drop_markers
from grading.build.notebook import test_id
from grading.course import Course, CourseError, Unit

CELL_SECONDS = 10  # many mutants never end


@dataclass(frozen=True)
class Mutant:
    """A changed answer. `name` is made of the answer and the change, so it stays while these stay."""

    name: str
    answer: str
    source: str
    diff: str


@dataclass(frozen=True)
class Fate:
    """The tests that a mutant failed: those of its own answer, which should catch it, and others."""

    mutant: Mutant
    caught_by: tuple[str, ...]
    others: tuple[str, ...]
    not_graded: str = ""

    @property
    def words(self) -> str:
        return self.not_graded or (f"caught by {', '.join(self.caught_by)}" if self.caught_by else "survives")


@dataclass(frozen=True)
class Findings:
    """The fates of all mutants, why some survive, and explanations of mutants that do not survive (any more)."""

    fates: list[Fate]
    explained: dict[str, str]
    stale: list[str]

    @property
    def survivors(self) -> list[Fate]:
        return [fate for fate in self.fates if not fate.caught_by and not fate.not_graded]

    @property
    def unexplained(self) -> list[Fate]:
        return [fate for fate in self.survivors if fate.mutant.name not in self.explained]

    @property
    def not_graded(self) -> list[Fate]:
        return [fate for fate in self.fates if fate.not_graded]


def mutants(cell: text.Cell) -> list[Mutant]:
    """The mutants of an answer cell: one change in its solution each, none outside it."""
    import libcst
    from libcst.metadata import MetadataWrapper, PositionProvider
    from mutmut.mutation.mutators import mutation_operators

    source = drop_markers(cell.source, SOLUTION)
    first, last = _solution(cell.source)
    tree = MetadataWrapper(libcst.parse_module(source))
    made = {}
    for node, place in tree.resolve(PositionProvider).items():
        if first <= place.start.line <= last:
            for kind, operator in mutation_operators:
                for changed in operator(node) if isinstance(node, kind) else ():
                    mutated = tree.module.deep_replace(node, changed).code
                    if mutated != source:
                        made[mutated] = _mutant(cell.name, source, mutated, first - 1, last)
    return list(made.values())


def _solution(marked: str) -> tuple[int, int]:
    """First and last line of the solution in the source without markers."""
    lines = [line.strip() for line in marked.splitlines()]
    return lines.index(SOLUTION[0]) + 1, lines.index(SOLUTION[1]) - 1


def _mutant(answer: str, source: str, mutated: str, start: int, stop: int) -> Mutant:
    before, after = source.splitlines(), mutated.splitlines()
    stop -= len(before)
    before, after = (lines[start : len(lines) + stop] for lines in (before, after))
    diff = "\n".join(list(difflib.unified_diff(before, after, n=1, lineterm=""))[2:])
    return Mutant(f"{answer}_{hashlib.sha256(diff.encode()).hexdigest()[:8]}", answer, mutated, diff)


def explanations(path: Path) -> dict[str, str]:
    """Reasons by the name of the mutant that survives.

    Raises
    ------
    CourseError
        If an entry lacks its reason, or a mutant is explained twice.
    """
    found: dict[str, str] = {}
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("survivors", []) if path.exists() else []
    for entry in entries:
        if not entry.get("reason") or not entry.get("mutants"):
            raise CourseError(f"{path}: each [[survivors]] needs a reason and its mutants, not {entry}.")
        for name in entry["mutants"]:
            if name in found:
                raise CourseError(f"{path}: {name} is explained twice.")
            found[name] = entry["reason"]
    return found


def run(
    exercise: Unit,
    course: Course,
    answers: list[str] | None = None,
    report: Callable[[int, int, Fate], None] = lambda done, total, fate: None,
) -> Findings:
    """Grade the mutants of all answers, or of these; results of unchanged ones are remembered.

    Raises
    ------
    CourseError
        If there is no such answer, or the reference itself does not pass under the limit for mutants.
    """
    cells = text.read(exercise.text, exercise)
    own_tests: dict[str, set[str]] = {cell.name: set() for cell in cells if cell.role == "answer"}
    for cell in cells:
        if cell.role == "test":
            own_tests[cell.answer_name].add(test_id(cell))
    unknown = set(answers or ()) - set(own_tests)
    if unknown:
        raise CourseError(f"No such answer in {exercise.id}: {', '.join(sorted(unknown))}.")
    answers = answers or list(own_tests)
    made = [mutant for cell in cells if cell.role == "answer" and cell.name in answers for mutant in mutants(cell)]
    by_name = {mutant.name: mutant for mutant in made}
    fates: dict[str, Fate] = {}

    def refuse(name: str, messages: dict[str, str]) -> bool:
        if messages:
            raise CourseError(f"The reference fails with {CELL_SECONDS} s for each cell: {messages}")
        return True

    def finish(name: str, messages: dict[str, str]) -> bool:
        fates[name] = fate(by_name[name], messages, own_tests)
        report(len(fates), len(made), fates[name])
        return True

    reference = {"reference": samples.submission(exercise, course, {})}
    variants.grade(reference, exercise, course, refuse, CELL_SECONDS)
    wanted = {mutant.name: {mutant.answer: mutant.source} for mutant in made}
    submitted = samples.submissions(exercise, course, wanted)
    variants.grade(submitted, exercise, course, finish, CELL_SECONDS)
    explained = explanations(variants.FOLDER / exercise.id / "survivors.toml")
    mine = {name: reason for name, reason in explained.items() if name.rpartition("_")[0] in answers}
    return judge([fates[mutant.name] for mutant in made], mine)


def fate(mutant: Mutant, messages: dict[str, str], own_tests: dict[str, set[str]]) -> Fate:
    """What became of a mutant whose tests failed with these messages."""
    own = own_tests[mutant.answer]
    caught_by = tuple(name for name in messages if name in own)
    others = tuple(name for name in messages if name not in own and name != variants.NOT_GRADED)
    return Fate(mutant, caught_by, others, messages.get(variants.NOT_GRADED, ""))


def judge(fates: list[Fate], explained: dict[str, str]) -> Findings:
    """Hold fates against explanations."""
    alive = {fate.mutant.name for fate in Findings(fates, {}, []).survivors}
    return Findings(fates, explained, sorted(set(explained) - alive))


def words(findings: Findings) -> str:
    """A table of the answers, and all that a person should look at."""
    answers = list(dict.fromkeys(fate.mutant.answer for fate in findings.fates))
    lines = [f"{'answer':<28} killed / all   survivors explained"]
    for answer in [*answers, "all"]:
        of_this = [fate for fate in findings.fates if answer in (fate.mutant.answer, "all")]
        survivors = [fate for fate in findings.survivors if fate in of_this]
        explained = sum(fate not in findings.unexplained for fate in survivors)
        killed = sum(bool(fate.caught_by) for fate in of_this)
        lines.append(f"{answer:<28} {killed:>6} / {len(of_this):<5} {f'{explained} of {len(survivors)}':>15}")
    for fate in findings.unexplained:
        where = f" (fails {', '.join(fate.others)}, which belongs to another answer)" if fate.others else ""
        lines += ["", f"{fate.mutant.name} survives{where}", fate.mutant.diff]
    lines += [f"\n{fate.mutant.name}: {fate.not_graded}" for fate in findings.not_graded]
    lines += [f"\n{name} is explained, but no mutant of this name survives." for name in findings.stale]
    return "\n".join(lines)
