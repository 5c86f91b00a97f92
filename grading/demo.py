"""A sample class, graded from end to end: what an instructor would do with a real one."""

import shutil
import time
from pathlib import Path

from nbformat import NotebookNode

from grading import course as courses
from grading import samples, variants
from grading.autograde import autograde
from grading.build import notebook, text
from grading.course import Course, Unit
from grading.execution import pools
from grading.results.export import export
from grading.results.feedback import make_feedback
from grading.results.marking import write_marking
from grading.results.report import table
from grading.results.report_page import write_report
from grading.results.scores import all_rows

EXERCISES = ("01_membranes", "04_cable_equation")
MISTAKES = {  # students of the sample class and the variants that they handed in
    "01_membranes": {"unit_mistake": "wrong_charge_femtocoulomb", "sign_mistake": "wrong_charge_positive"},
    "04_cable_equation": {"unit_mistake": "wrong_resistance_ohm", "sign_mistake": "wrong_bands_sign"},
}
WORKSPACE = courses.ROOT / "grading/demo"
CELL_SECONDS = 10  # for the endless loop, which nobody wants to wait for
DISCUSSION = "The sample class does not discuss; whoever marks by hand decides what this earns."


def demo(course: Course, workspace: Path = WORKSPACE) -> None:
    """Grade the sample class on two exercises; write gradebook, pages and CSV; print the table."""
    start = time.perf_counter()
    shutil.rmtree(workspace, ignore_errors=True)
    exercises = tuple(course.exercise(exercise_id) for exercise_id in EXERCISES)
    with courses.use_workspace(workspace, CELL_SECONDS):
        for exercise in exercises:
            sample = sample_class(exercise, course)
            for student, made in sample.items():
                samples.hand_in(made, student, exercise)
            _not_json(exercise)
            print(f"\nGrading {len(sample) + 1} submissions to {exercise.id}, two or more at once:", flush=True)
            with pools.local(exercise) as executor:
                autograde(exercise, course, report=_progress, executor=executor)
            pages = make_feedback(exercise)
            print(f"{len(pages)} feedback pages written.", flush=True)
        rows = all_rows(exercises)
        files = export(rows)
        report = write_report(exercises, course)
        for exercise in exercises:
            write_marking(exercise)
        print("\n" + table(rows))
    print(f"\nDone in {time.perf_counter() - start:.0f} s. Where to look:")
    print(f"  report                {_shown(report)}")
    print(f"  for marking by hand   {_shown(workspace / 'marking')}/EXERCISE.html")
    print(f"  feedback pages        {_shown(workspace / 'feedback')}/STUDENT/EXERCISE/EXERCISE.html")
    for path in files:
        print(f"  scores                {_shown(path)}")
    print(f"  gradebook             {_shown(workspace / 'gradebook.db')}")
    print(f"  autograded notebooks  {_shown(workspace / 'autograded')}")


def sample_class(exercise: Unit, course: Course) -> dict[str, NotebookNode]:
    """Submissions by what they show: right, partly right, wrong and damaged ones."""
    answers = [cell for cell in text.read(exercise.text, exercise) if cell.role == "answer"]
    known = {variant.name: variant for variant in variants.read_all(exercise)}
    right = next(variant for variant in known.values() if variant.right)
    first_half = {cell.name for cell in answers[: len(answers) // 2]}

    def solved(replaced: dict[str, str] | None = None) -> NotebookNode:
        made = samples.submission(exercise, course, replaced or {})
        for cell in made.cells:
            if cell.id.startswith("discuss_"):
                cell.source = DISCUSSION
        return made

    half = solved()
    untouched = {cell.id: cell.source for cell in _untouched(exercise, course).cells}
    for cell in half.cells:
        if cell.id.startswith(("answer_", "discuss_")) and cell.id.removeprefix("answer_") not in first_half:
            cell.source = untouched[cell.id]
    return {
        "full_marks": solved(),
        "written_differently": solved(right.answers),
        "half_done": half,
        "untouched": _untouched(exercise, course),
        **{student: solved(known[name].answers) for student, name in MISTAKES[exercise.id].items()},
        "cell_deleted_one_copied": _damaged(solved()),
        "endless_loop": solved({answers[-1].name: _endless(answers[-1].source)}),
    }


def _untouched(exercise: Unit, course: Course) -> NotebookNode:
    return notebook.student_notebook(notebook.source_notebook(text.read(exercise.text, exercise), course))


def _damaged(made: NotebookNode) -> NotebookNode:
    """Delete the first test cell and copy the first answer, as a tired student does."""
    copied = next(cell for cell in made.cells if cell.id.startswith("answer_"))
    deleted = next(cell for cell in made.cells if cell.id.startswith("test_"))
    made.cells = [cell for cell in made.cells if cell is not deleted]
    twin = notebook.nbformat.from_dict({**copied, "id": "copy"})
    made.cells.insert(made.cells.index(copied) + 1, twin)
    return made


def _endless(source: str) -> str:
    """The answer with a loop before its solution that never ends."""
    marker = next(line for line in source.splitlines() if "BEGIN SOLUTION" in line)
    indent = marker[: len(marker) - len(marker.lstrip())]
    looped = source.replace(marker, f"{indent}while True:\n{indent}    pass", 1)
    return "\n".join(line for line in looped.splitlines() if "END SOLUTION" not in line)


def _not_json(exercise: Unit) -> None:
    path = courses.workspace() / "submitted/not_json" / exercise.id / f"{exercise.id}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("<<<<<<< HEAD\nThis was a notebook before two versions were merged.\n", encoding="utf-8")


def _progress(done: int, total: int, outcome) -> None:
    print(f"  [{done}/{total}] {outcome.student} ({outcome.seconds:.1f} s) {outcome.reason}", flush=True)


def _shown(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
