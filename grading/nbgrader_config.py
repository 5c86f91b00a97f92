"""nbgrader's configuration: its own commands, run in this folder, and the formgrader use it."""

import os
import sys
from pathlib import Path

from nbgrader.converters import GenerateFeedback
from nbgrader.converters import base as converters
from nbgrader.coursedir import CourseDirectory

from grading import course as courses
from grading import gradebook, staging, submissions
from grading.build.markers import CODE_STUB, TEXT_STUB

c = get_config()  # noqa: F821  (nbgrader provides it)
course = courses.load()
workspace = courses.workspace()

# nbgrader and NEURON start programs by name, such as `nrnivmodl`: found also where nobody activated the environment.
programs = str(Path(sys.executable).parent)
if programs not in os.environ["PATH"].split(os.pathsep):
    os.environ["PATH"] = programs + os.pathsep + os.environ["PATH"]

c.CourseDirectory.root = str(courses.ROOT)
c.CourseDirectory.course_id = ""
c.CourseDirectory.source_directory = "grading/source"
c.CourseDirectory.release_directory = "Exercises"
c.CourseDirectory.solution_directory = "Solutions"
for name in ("submitted", "autograded", "feedback"):
    folder = workspace / name
    inside = folder.is_relative_to(courses.ROOT)  # the formgrader wants paths below the course's root
    setattr(c.CourseDirectory, f"{name}_directory", str(folder.relative_to(courses.ROOT) if inside else folder))
# A gradebook in use by another process is waited for; SQLite's own 5 s lose submissions.
c.CourseDirectory.db_url = f"sqlite:///{workspace / 'gradebook.db'}?timeout=60"
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", ".mechanisms", "x86_64"]

# Files beside a notebook are copied before any step of ours runs: not what links lead to, wherever that is.
converters.find_all_files = staging.regular_files
CourseDirectory.get_existing_timestamp = submissions.existing_timestamp

# Only the page is handed back: nbgrader would copy all that lies beside the notebook.
GenerateFeedback.init_assignment = lambda self, assignment_id, student_id: None

gradebook.spare_openings()

c.ClearSolutions.code_stub = {"python": CODE_STUB}
c.ClearSolutions.text_stub = TEXT_STUB

steps = "nbgrader.preprocessors"
c.Autograde.sanitize_preprocessors = [
    f"{steps}.ClearOutput",
    "grading.preprocessors.RebuildCells",
    f"{steps}.OverwriteKernelspec",
]
c.Autograde.autograde_preprocessors = [
    "grading.preprocessors.ExecuteApart",
    f"{steps}.LimitOutput",
    "grading.preprocessors.SaveVerdicts",
    "grading.preprocessors.SetDueDates",
    f"{steps}.AssignLatePenalties",
]
c.AssignLatePenalties.plugin_class = "grading.preprocessors.LatePenalty"
c.GenerateFeedback.preprocessors = [
    "grading.preprocessors.SettlePenalty",
    f"{steps}.GetGrades",
    "grading.preprocessors.HideTests",
]
c.GenerateFeedback.exporter_class = "grading.results.feedback_page.FeedbackExporter"
# The formgrader's pages: what a student wrote is not read in whatever language he names, for minutes.
c.HTMLExporter.filters = {
    "highlight_code": "grading.results.pages.code",
    "markdown2html": "grading.results.pages.formgrader_markdown",
}

workspace.mkdir(parents=True, exist_ok=True)
