"""The page that a student gets back, in place of nbgrader's, which loads scripts, formulae and fonts from the network."""

from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from grading import course as courses
from grading.results import pages


class FeedbackExporter(Exporter):
    """What `nbgrader generate_feedback`, the formgrader and `python -m grading feedback` write."""

    export_from_notebook = "HTML"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[str, dict]:
        """The page of a notebook that nbgrader's GetGrades and HideTests have gone through."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        names = resources["nbgrader"]
        exercise = courses.load().exercise(names["assignment"])
        judged = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
        values = dict(
            exercise=exercise,
            student=names["student"],
            score=max(0.0, names["score"]),
            max_score=names["max_score"],
            penalty=names["late_penalty"],
            remarks=notebook.metadata.get("grading", {}).get("remarks", []),
            judged=judged,
            open_=[cell for cell in judged if cell.metadata["nbgrader"]["state"] == "open"],
            cells=notebook.cells,
            pictures=courses.text_folder(exercise),
        )
        return pages.render("feedback.html.j2", **values), resources
