"""Due dates and the late rule inside nbgrader's own autograding."""

from datetime import timedelta
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.plugins import BasePlugin
from nbgrader.preprocessors import NbGraderPreprocessor

from grading import course as courses
from grading import late
from grading.submissions import Submission


class SetDueDates(NbGraderPreprocessor):
    """Tell the gradebook hand-in, due date and extension, before nbgrader's AssignLatePenalties asks it."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        coursedir, names, course = self.parent.parent.coursedir, resources["nbgrader"], courses.load()
        student, exercise = names["student"], names["assignment"]
        folder = Path(coursedir.format_path(coursedir.submitted_directory, student, exercise))
        with Gradebook(names["db_url"]) as gradebook:
            late.set_dates(gradebook, course.exercise(exercise), course, Submission(student, exercise, folder))
        return nb, resources


class LatePenalty(BasePlugin):
    """The points that the rule in course.toml takes: the plugin of nbgrader's AssignLatePenalties."""

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:
        """The penalty in points, None without one; nbgrader cuts it at the score."""
        course = courses.load()
        exercise = course.exercise(self.parent.assignment_id)
        return late.lateness(exercise, course, timedelta(seconds=total_seconds_late)).points or None
