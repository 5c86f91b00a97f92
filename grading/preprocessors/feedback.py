"""What students see of the test cells when their work comes back."""

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from grading.build.markers import HIDDEN_TESTS, cut_region
from grading.preprocessors.verdict import error_message, passed


class HideTests(NbGraderPreprocessor):
    """Cut hidden tests, put the check's message in place of a traceback that would show them, and list all results.

    It comes after nbgrader's GetGrades, which puts the points into the cells' metadata.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        rows = []
        for cell in nb.cells:
            if not is_grade(cell):
                continue
            nbgrader = cell.metadata["nbgrader"]
            if cell.cell_type == "code" and not is_solution(cell):
                words = "passed" if passed(cell) else error_message(cell)
                cell.source = cut_region(cell.source, HIDDEN_TESTS)
                text = f"{nbgrader['grade_id']}: {words}\n"
                cell.outputs = [NotebookNode(output_type="stream", name="stdout", text=text)]
            else:
                words = nbgrader.get("comment") or "marked by hand"
            rows.append(
                f"| `{nbgrader['grade_id']}` | {nbgrader['score']:g} of {nbgrader['points']:g} | {_cell(words)} |"
            )
        table = "\n".join(["## Your results", "", "| task | points | what the check says |", "|---|---|---|", *rows])
        nb.cells.insert(0, nbformat.v4.new_markdown_cell(table))
        return nb, resources


def _cell(words: str) -> str:
    """Words that cannot leave their cell of a Markdown table; part of them is what a student's code returned."""
    return "".join(f"&#{ord(letter)};" if letter in "|`[]$\\<>&*_" else letter for letter in " ".join(words.split()))
