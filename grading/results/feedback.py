"""Pages that students get back: `feedback/STUDENT/EXERCISE/EXERCISE.html`."""

from collections.abc import Callable
from pathlib import Path

from grading import course as courses
from grading import nbgrader_api
from grading.course import CourseError, Unit


def make_feedback(
    exercise: Unit, report: Callable[[int, int, Path], None] = lambda done, total, page: None
) -> list[Path]:
    """Write the pages of everybody whose work was graded.

    Raises
    ------
    CourseError
        If nobody has run the grading, or for the students whose pages failed, after all others were written.
    """
    graded = sorted((courses.workspace() / "autograded").glob(f"*/{exercise.id}/{exercise.id}.ipynb"))
    if not graded and not (courses.workspace() / "outcomes" / exercise.id).is_dir():
        first = f"python -m grading autograde {exercise.id}"
        raise CourseError(f"Nothing of {exercise.id} has been graded yet: run `{first}`.")
    pages, failed = [], []
    for done, path in enumerate(graded, 1):
        student = path.parent.parent.name
        page = courses.workspace() / "feedback" / student / exercise.id / f"{exercise.id}.html"
        result = nbgrader_api.unless_interrupted(nbgrader_api.api().generate_feedback(exercise.id, student, force=True))
        if result["success"]:
            pages.append(page)
            report(done, len(graded), page)
        else:
            failed.append(f"{student}: {result.get('error', '').strip().splitlines()[-1:]}")
    if failed:
        raise CourseError("No feedback page could be made for\n" + "\n".join(failed))
    return pages
