"""What students see of the test cells when their work comes back."""

import re
import sys
from pathlib import Path

from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from grading import course as courses
from grading.build.markers import HIDDEN_TESTS, cut_region
from grading.preprocessors.verdict import error_message, passed

KNOWN_FOLDERS = sorted({sys.prefix, sys.base_prefix, str(courses.ROOT), str(Path.home())}, key=len, reverse=True)
FOLDER = re.compile(r"""(?<![\w.:/~])~?/(?:[^\s/:;,"'`<>()\[\]{}|]+/)+(?=[^\s/:;,"'`<>()\[\]{}|])""")


class HideTests(NbGraderPreprocessor):
    """Cut hidden tests, put the check's message in place of a traceback that would show them, and cut paths.

    It comes after nbgrader's GetGrades, which puts the points into the cells' metadata, and leaves there what the page
    shows: `says`, the words of the check or of whoever marked, and `state`: passed, failed, marked or open.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        waiting = _waiting(resources["nbgrader"])
        for cell in nb.cells:
            if is_grade(cell):
                nbgrader = cell.metadata["nbgrader"]
                if cell.cell_type == "code" and not is_solution(cell):
                    nbgrader["state"] = "passed" if passed(cell) else "failed"
                    nbgrader["says"] = without_folders(error_message(cell)) or "passed"
                    cell.source = cut_region(cell.source, HIDDEN_TESTS)
                    cell.outputs = []
                else:
                    nbgrader["state"] = "open" if nbgrader["grade_id"] in waiting else "marked"
                    nbgrader["says"] = nbgrader.get("comment") or ""
            for output in cell.get("outputs", []):
                _cut_folders(output)
        return nb, resources


def _waiting(names: dict) -> set[str]:
    """The answers that nobody has marked yet."""
    with Gradebook(names["db_url"]) as gradebook:
        notebook = gradebook.find_submission_notebook(names["notebook"], names["assignment"], names["student"])
        return {grade.name for grade in notebook.grades if grade.needs_manual_grade and grade.manual_score is None}


def _cut_folders(output: NotebookNode) -> None:
    if output.output_type == "stream":
        output.text = without_folders(output.text)
    elif output.output_type == "error":
        output.evalue = without_folders(output.evalue)
        output.traceback = [without_folders(line) for line in output.traceback]
    else:
        for name in ("text/plain", "text/html"):
            if name in output.data:
                output.data[name] = without_folders(output.data[name])


def without_folders(words: str) -> str:
    """The words, with each absolute path of a file cut to the file's name, and without a terminal's colours."""
    words = strip_ansi(words)
    for folder in KNOWN_FOLDERS:  # by name too: these may contain blanks
        words = words.replace(f"{folder}/", "/folder/")
    return FOLDER.sub("", words)
