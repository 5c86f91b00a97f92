"""Points for test cells."""

from nbformat import NotebookNode
from nbgrader.preprocessors import SaveAutoGrades
from nbgrader.utils import determine_grade, is_solution

from grading import gradebook

OWN_WORDS = (
    "AssertionError",
    "NotImplementedError",
    "CheckFailed",
    "CallTimeout",
    "CannotGrade",
    "CreditRefused",
    "KernelGone",
    "TimeoutError",
    "DeadKernelError",
)


class SaveVerdicts(SaveAutoGrades):
    """A test cell earns its points when it ran and raised nothing, or the number that it ends with.

    nbgrader takes the points away for a warning on stderr, which NEST and NumPy print from right answers too,
    gives them to a cell that never ran, and gives all of them for a partial credit that is NaN, negative or too large.
    With the points the gradebook is told of which job they are the result.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        self.job = nb.metadata.get("grading", {}).get("job", "")
        return super().preprocess(nb, resources)

    def preprocess_cell(self, cell: NotebookNode, resources: dict, cell_index: int) -> tuple[NotebookNode, dict]:
        if cell_index == 0:
            gradebook.note_result(self.gradebook, self.student_id, self.assignment_id, self.job)
        return super().preprocess_cell(cell, resources, cell_index)

    def _add_score(self, cell: NotebookNode, resources: dict) -> None:
        if is_solution(cell):
            score, _ = determine_grade(cell, self.log)
        else:
            score = earned(cell)
        names = (self.notebook_id, self.assignment_id, self.student_id)
        grade = self.gradebook.find_grade(cell.metadata["nbgrader"]["grade_id"], *names)
        grade.auto_score = score
        grade.needs_manual_grade = grade.manual_score is not None or score is None
        self.gradebook.db.commit()


def earned(cell: NotebookNode) -> float:
    """The points of a test cell. Only the grader writes its outputs, and refuses numbers that are no credit."""
    if not passed(cell):
        return 0
    given = [float(output.data["text/plain"]) for output in cell.outputs if output.output_type == "execute_result"]
    return given[0] if given else cell.metadata["nbgrader"]["points"]


def passed(cell: NotebookNode) -> bool:
    """Whether this cell ran to its end."""
    return cell.execution_count is not None and not any(output.output_type == "error" for output in cell.outputs)


def error_message(cell: NotebookNode) -> str:
    """What a test cell says about its failure, in words; empty where it passed."""
    for output in cell.outputs:
        if output.output_type == "error":
            own_words = output.ename in OWN_WORDS
            return output.evalue or "A check failed." if own_words else f"{output.ename}: {output.evalue}"
    return "" if cell.execution_count is not None else "It never ran: the kernel had ended before."
