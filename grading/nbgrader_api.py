"""nbgrader, under the course's configuration, as a library. Importing nbgrader takes seconds: import this late."""

import tempfile
import warnings
from functools import cache

from grading import course as courses
from grading.course import Course, CourseError, Unit


def api():
    """nbgrader's own programming interface, configured by `nbgrader_config.py` for the present workspace."""
    return _api(str(courses.workspace()))


@cache
def _api(workspace: str):
    warnings.filterwarnings("ignore", module="nbgrader")  # SQLAlchemy's, about nbgrader's own classes
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import PyFileConfigLoader

    config = PyFileConfigLoader("nbgrader_config.py", path=str(courses.ROOT / "grading")).load_config()
    config.Application.log_level = "ERROR"
    return NbGraderAPI(config=config)


def unless_interrupted(result: dict) -> dict:
    """What a call of nbgrader's API returned, which takes Ctrl+C for one more failure of the submission.

    Raises
    ------
    KeyboardInterrupt
        If it was that. (What goes wrong with a submission itself never ends nbgrader's words so: it has a line of its
        own behind it.)
    """
    if result.get("error", "").rstrip().endswith("KeyboardInterrupt"):
        raise KeyboardInterrupt
    return result


def write_source(exercise: Unit, course: Course) -> None:
    """Build nbgrader's input from the exercise's text."""
    from grading.build.units import exercise_files

    for path, content in exercise_files(exercise, course, courses.ROOT).items():
        if path.is_relative_to(courses.ROOT / "grading/source"):
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_bytes() != content:
                path.write_bytes(content)


def register(exercise: Unit) -> None:
    """Let the gradebook know the cells of an exercise whose source is written.

    nbgrader does this while it releases an exercise; it releases into a scratch folder here, so that work in
    Exercises/ is never overwritten.

    Raises
    ------
    CourseError
        With nbgrader's own words, if it refuses.
    """
    with tempfile.TemporaryDirectory() as scratch:
        coursedir = api().coursedir
        release, coursedir.release_directory = coursedir.release_directory, scratch
        try:
            result = unless_interrupted(api().generate_assignment(exercise.id, force=True, create=True))
        finally:
            coursedir.release_directory = release
    if not result["success"]:
        raise CourseError(f"nbgrader cannot register {exercise.id}:\n{result.get('log', '')}{result.get('error', '')}")


def gradebook():
    """An open `nbgrader.api.Gradebook`; use it in a `with` statement."""
    from nbgrader.api import Gradebook

    return Gradebook(api().coursedir.db_url)
