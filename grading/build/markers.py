"""The marked regions of a cell, and what stands in their place in a student's notebook."""

SOLUTION = ("### BEGIN SOLUTION", "### END SOLUTION")
HIDDEN_TESTS = ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")
MARK_SCHEME = ("### BEGIN MARK SCHEME", "### END MARK SCHEME")

CODE_STUB = """\
# YOUR ANSWER: replace this comment and the line below.
raise NotImplementedError("This task is still open.")"""
TEXT_STUB = "*Your answer: replace this line.*"


def split_region(source: str, markers: tuple[str, str]) -> tuple[str, str]:
    """The source without its marked regions, and those regions."""
    outside, inside, is_inside = [], [], False
    for line in source.splitlines():
        if line.strip() in markers:
            is_inside = line.strip() == markers[0]
        else:
            (inside if is_inside else outside).append(line)
    return "\n".join(outside).rstrip(), "\n".join(inside)


def cut_region(source: str, markers: tuple[str, str]) -> str:
    """The source without its marked regions."""
    return split_region(source, markers)[0]


def drop_markers(source: str, markers: tuple[str, str]) -> str:
    """The source with its regions, without the marker lines."""
    return "\n".join(line for line in source.splitlines() if line.strip() not in markers)
