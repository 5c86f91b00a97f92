"""Due dates and the late rule inside nbgrader's own autograding and feedback."""

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
        submission, course = _submission(self, resources["nbgrader"]), courses.load()
        with Gradebook(resources["nbgrader"]["db_url"]) as gradebook:
            late.set_dates(gradebook, course.exercise(submission.exercise), course, submission)
            gradebook.db.commit()
        return nb, resources


class SettlePenalty(NbGraderPreprocessor):
    """Count the penalty anew before a page is made: marks given by hand and new dates come after grading."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        submission, course = _submission(self, resources["nbgrader"]), courses.load()
        if submission.folder.is_dir():
            with Gradebook(resources["nbgrader"]["db_url"]) as gradebook:
                late.settle(gradebook, course.exercise(submission.exercise), course, submission)
        return nb, resources


def _submission(step: NbGraderPreprocessor, names: dict) -> Submission:
    """What nbgrader is at work on."""
    coursedir, student, exercise = step.parent.parent.coursedir, names["student"], names["assignment"]
    folder = Path(coursedir.format_path(coursedir.submitted_directory, student, exercise))
    return Submission(student, exercise, folder)


class LatePenalty(BasePlugin):
    """The points that the rule in course.toml takes: the plugin of nbgrader's AssignLatePenalties."""

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:
        """The penalty in points, None without one; nbgrader cuts it at the score."""
        course = courses.load()
        exercise = course.exercise(self.parent.assignment_id)
        return late.lateness(exercise, course, timedelta(seconds=total_seconds_late)).points or None
