"""Write `grading/docs/hostile.md` from the corpus and from what stock nbgrader did: `python -m grading.tests.hostile.table`."""

import json

from grading import course as courses
from grading.tests.hostile.builders import Hostile
from grading.tests.hostile.corpus import ALL, HERE, POINTS

PAGE = courses.ROOT / "grading/docs/hostile.md"
RESULTS = HERE / "stock.json"
TITLES = {
    "1_metadata": "Cell metadata",
    "2_machinery": "The kernel's machinery",
    "3_libraries": "Libraries and names",
    "4_objects": "Objects that lie",
    "5_reading": "Reading what is not theirs",
    "6_writing": "Writing where others read",
    "7_resources": "Time, memory, output",
    "8_ends": "Kernels that end",
    "9_web": "Pages that somebody opens",
    "10_transport": "Files as they arrive",
}
HEAD = """\
# Hostile submissions

Made by `python -m grading.tests.hostile.table` from the corpus in `grading/tests/hostile/`; do not edit it here.

Each of these {number} submissions is graded in one class with three honest ones by `make test`. *Here* is what must happen; besides, no file is changed, nobody else loses a point, nothing runs on, and the pages that come of it run nothing.

*Stock* is what nbgrader 0.9.6 did with the same submission: `nbgrader autograde` with its default configuration, an honest submission to be graded after it, in a process of its own inside our sandbox (so what a submission could have done to the machine does not show). It was run, by `python -m grading.tests.hostile.stock`; what came of it is kept in `stock.json`. Of the {number}, {undeserved} earned points there for wrong answers, {dropped} were dropped without a score though they can be graded, {less} got fewer points than here, {stopped} stopped the run or took points from the honest one behind them, and {leaked} took something away or left scripts in a page.

Where a submission leaves the right answers alone and attacks what ours runs them with, it loses points here, by its own doing, and none there.
"""


def page() -> str:
    """The whole page."""
    results = json.loads(RESULTS.read_text())
    count = dict.fromkeys(("undeserved", "dropped", "less", "stopped", "leaked"), 0)
    for item in ALL:
        for kind in kinds(item, results[item.name]):
            count[kind] += 1
    parts = [HEAD.format(number=len(ALL), **count)]
    for kind, title in TITLES.items():
        rows = [row(item, results[item.name]) for item in ALL if item.kind == kind]
        parts.append(
            "\n".join([f"## {title}", "", "| submission | what it does | here | stock |", "|---|---|---|---|", *rows])
        )
    return "\n\n".join(part.strip() for part in parts) + "\n"


def deserved(item: Hostile) -> int:
    return 0 if item.fails is None else sum(points for name, points in POINTS.items() if name not in item.fails)


def kinds(item: Hostile, result: dict) -> list[str]:
    """In which ways stock nbgrader fell short."""
    points, found = result["points"], []
    if points is not None and points > deserved(item) and not item.right:
        found.append("undeserved")
    if points is not None and points < deserved(item):
        found.append("less")
    if points is None and item.fails is not None:
        found.append("dropped")
    if result["points_of_the_honest_one_after_it"] != sum(POINTS.values()):
        found.append("stopped")
    if result["leaks"] or result["page_runs_scripts"]:
        found.append("leaked")
    return found


def row(item: Hostile, result: dict) -> str:
    here = "not graded" if item.fails is None else f"{deserved(item)} of 6"
    if item.says:
        here += f": “{item.says}”"
    return f"| `{item.name}` | {_cell(item.what)} | {_cell(here)} | {_cell(stock(item, result))} |"


def stock(item: Hostile, result: dict) -> str:
    """What stock nbgrader did, in words."""
    found, points = kinds(item, result), result["points"]
    words = [
        "no score" if points is None else f"{points:g} of 6" + (", for wrong answers" if "undeserved" in found else "")
    ]
    if result["ended"] is None:
        words.append("the run had to be stopped")
    elif isinstance(result["ended"], str):
        words.append(result["ended"])
    if "stopped" in found:
        after = result["points_of_the_honest_one_after_it"]
        words.append("the honest one after it: " + ("no score" if after is None else f"{after:g} of 6"))
    if result["leaks"]:
        words.append("got away with: " + ", ".join(result["leaks"]))
    if result["page_runs_scripts"]:
        words.append("its page runs scripts")
    return "; ".join(words)


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
