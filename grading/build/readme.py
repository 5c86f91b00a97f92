"""The table of units in README.md, made from course.toml."""

from pathlib import Path

from grading.course import Course, CourseError, Unit

BEGIN = "<!-- units: made from course.toml by `make notebooks` -->"
END = "<!-- end of units -->"


def update_unit_table(course: Course, root: Path) -> dict[Path, bytes]:
    """README.md with a fresh table between its markers.

    Raises
    ------
    CourseError
        If README.md lacks the markers.
    """
    path = root / "README.md"
    if not path.exists():
        return {}
    content = path.read_text(encoding="utf-8")
    before, begin, rest = content.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise CourseError(f"{path}: the table of units stands between {BEGIN!r} and {END!r}; one is missing.")
    return {path: f"{before}{begin}\n{unit_table(course)}\n{end}{after}".encode()}


def unit_table(course: Course) -> str:
    """A Markdown table, a row for each unit."""
    rows = ["| unit | minutes | points (automatic + by hand) | needs | uses |", "|---|---|---|---|---|"]
    return "\n".join(rows + [_row(unit) for unit in course.units])


def _row(unit: Unit) -> str:
    name = f"[{unit.id[:2]} {unit.title}]({unit.notebook.as_posix()}) ({unit.kind})"
    points = f"{unit.automatic} + {unit.manual}" if unit.kind == "exercise" else ""
    needs = ", ".join(need.split("/")[-1].replace("_", " ") for need in unit.needs)
    return f"| {name} | {unit.minutes} | {points} | {needs} | {', '.join(unit.uses)} |"
