"""course.toml: what it must say, and the words for what it says wrong."""

from datetime import UTC, datetime

import pytest

from grading.course import CourseError, LateRule, load

GOOD = """
[course]
title = "Tiny"
kernel = "ebrains-25.02"
repository = "https://example.org/tiny"
branch = "main"
cell_seconds = 60

[[unit]]
id = "01_first"
kind = "lecture"
title = "First"
minutes = 10

[[unit]]
id = "01_first"
kind = "exercise"
title = "First"
needs = ["lectures/01_first"]
minutes = 20
points = { automatic = 3, manual = 2 }
"""


@pytest.fixture
def toml(tmp_path):
    def write(old="", new=""):
        assert old in GOOD
        path = tmp_path / "course.toml"
        path.write_text(GOOD.replace(old, new, 1) if old else GOOD)
        return path

    return write


def test_units_are_read_in_order(toml):
    course = load(toml())
    assert [unit.kind for unit in course.units] == ["lecture", "exercise"]
    assert course.exercise("01_first/").automatic == 3
    assert course.kernel_display_name == "EBRAINS-25.02"


def test_due_dates_and_the_late_rule_are_read(toml):
    path = toml("seconds = 60", "seconds = 60\nlate = { penalty_per_day = 0.1, grace_hours = 2 }")
    path.write_text(path.read_text().replace("minutes = 20", "minutes = 20\ndue = 2026-03-01T23:59:00+01:00"))
    course = load(path)
    assert course.late == LateRule(penalty_per_day=0.1, grace_hours=2)
    assert course.exercise("01_first").due == datetime(2026, 3, 1, 22, 59, tzinfo=UTC)
    assert load(toml()).late is None and load(toml()).exercise("01_first").due is None


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[course]", "[course", "course.toml"),
        ('branch = "main"\n', "", "branch"),
        ('title = "Tiny"', 'title = "Tiny"\ncolour = "red"', "colour"),
        ('kind = "lecture"', 'kind = "lesson"', "'01_first': kind must be"),
        ('kind = "exercise"', 'kind = "lecture"', "stands there twice"),
        ("minutes = 10\n", "", "minutes"),
        ("automatic = 3", "automatisch = 3", "automatisch"),
        ("lectures/01_first", "lectures/02_second", "needs lectures/02_second, which is no unit"),
        ("seconds = 60", "seconds = 60\nlate = 0.1", "late must look like"),
        ("seconds = 60", "seconds = 60\nlate = { grace_hours = 2 }", "late must look like"),
        ("seconds = 60", "seconds = 60\nlate = { penalty_per_day = 10 }", "late must look like"),
        ("seconds = 60", "seconds = 60\nlate = { penalty_per_day = -0.1 }", "late must look like"),
        ("seconds = 60", "seconds = 60\nlate = { penalty_per_day = true }", "late must look like"),
        ("seconds = 60", "seconds = 60\nlate = { penalty_per_day = 0.1, grace = 2 }", "late must look like"),
        ("minutes = 20", "minutes = 20\ndue = 2026-03-01T23:59:00", "'01_first': due belongs to an exercise"),
        ("minutes = 20", 'minutes = 20\ndue = "Sunday"', "'01_first': due belongs to an exercise"),
        ("minutes = 10", "minutes = 10\ndue = 2026-03-01T23:59:00Z", "'01_first': due belongs to an exercise"),
    ],
)
def test_mistakes_are_named(toml, old, new, words):
    with pytest.raises(CourseError, match=words):
        load(toml(old, new))
