"""What the benchmark has measured: kept for an interrupted run, shown as tables."""

import hashlib
import json
import statistics
from dataclasses import asdict, dataclass
from pathlib import Path

from grading import course as courses
from grading.execution.pools import cores

CACHE = courses.ROOT / ".cache/benchmarks"
CORES = cores()
STOCK, OURS, FLOOR = "stock", "ours", "floor"


@dataclass(frozen=True)
class Run:
    """One thing to measure: `how` is stock, ours or floor."""

    exercise: str
    how: str
    submissions: int
    workers: int
    number: int


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock and of processor time, for one submission."""

    seconds: float
    processor: float


def _place() -> Path:
    """Where measurements are kept: other code, other measurements."""
    digest = hashlib.sha256()
    for path in sorted((courses.ROOT / "grading").rglob("*.py")):
        if not {"tests", "text", "source"} & set(path.parts):
            digest.update(path.read_bytes())
    return CACHE / f"{digest.hexdigest()[:16]}.jsonl"


def known() -> dict[Run, Cost]:
    if not _place().exists():
        return {}
    entries = map(json.loads, _place().read_text(encoding="utf-8").splitlines())
    return {Run(**entry["run"]): Cost(**entry["cost"]) for entry in entries}


def keep(run: Run, cost: Cost) -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    with _place().open("a", encoding="utf-8") as stream:
        stream.write(json.dumps({"run": asdict(run), "cost": asdict(cost)}) + "\n")


def ratios(measured: dict[Run, Cost], submissions: int) -> str:
    """Medians and ranges of each exercise, and what one can conclude from them."""
    lines = [f"\nSeconds a submission, {submissions} submissions, {CORES} cores: median (range) of each round", ""]
    lines += ["| exercise | stock | ours | stock : ours | floor | ours : floor | processor: stock, ours, floor |"]
    lines += ["|---|---|---|---|---|---|---|"]
    for exercise in dict.fromkeys(run.exercise for run in measured):
        by_how = {how: _costs(measured, exercise, how, submissions) for how in (STOCK, OURS)}
        by_how[FLOOR] = _costs(measured, exercise, FLOOR, 1)
        seconds = {how: [cost.seconds for cost in costs] for how, costs in by_how.items()}
        faster = [stock / own for stock, own in zip(seconds[STOCK], seconds[OURS])]
        least = map(statistics.mean, zip(seconds[FLOOR][::2], seconds[FLOOR][1::2]))
        above = [own / floor for own, floor in zip(seconds[OURS], least)]
        processor = ", ".join(f"{statistics.median(c.processor for c in costs):.2f}" for costs in by_how.values())
        columns = [_words(seconds[STOCK]), _words(seconds[OURS]), _words(faster), _words(seconds[FLOOR]), _words(above)]
        lines.append("| " + " | ".join([exercise, *columns, processor]) + " |")
    return "\n".join(lines)


def scaling(measured: dict[Run, Cost]) -> str:
    groups: dict[tuple, list[float]] = {}
    for run, cost in measured.items():
        if run.how == OURS:
            groups.setdefault((run.exercise, run.workers, run.submissions), []).append(cost.seconds)
    lines = ["\nOurs: seconds a submission against workers and submissions", ""]
    lines += ["| exercise | workers | submissions | seconds a submission |", "|---|---|---|---|"]
    lines += [f"| {' | '.join(map(str, group))} | {_words(costs)} |" for group, costs in sorted(groups.items())]
    return "\n".join(lines)


def _costs(measured: dict[Run, Cost], exercise: str, how: str, submissions: int) -> list[Cost]:
    workers = CORES if how == OURS else 1
    wanted = [
        r for r in measured if (r.exercise, r.how, r.submissions, r.workers) == (exercise, how, submissions, workers)
    ]
    return [measured[run] for run in sorted(wanted, key=lambda run: run.number)]


def _words(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f}-{max(values):.2f})"
