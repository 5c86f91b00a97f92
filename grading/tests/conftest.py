"""What several test files share."""

import pytest

from grading import course as courses

MEASURED = ("fairness", "resources")  # properties of tests that the run ends with


@pytest.fixture(scope="session")
def course():
    return courses.load()


def pytest_generate_tests(metafunc):
    """Run a test for each exercise or unit that its arguments ask for."""
    course = courses.load()
    for name, units in (("exercise", course.exercises), ("unit", course.units)):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, units, ids=[f"{unit.kind}-{unit.id}" for unit in units], scope="session")


def pytest_terminal_summary(terminalreporter):
    """Print what was measured, also by processes of pytest-xdist."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    for name in MEASURED:
        lines = sorted({value for report in reports for key, value in report.user_properties if key == name})
        if lines:
            terminalreporter.section(name)
            terminalreporter.write_line("\n".join(lines))
