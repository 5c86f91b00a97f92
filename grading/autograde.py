"""Grade what was handed in: many submissions run at once, one process writes the gradebook."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import replace
from functools import cache, partial

import nbformat

from grading import course as courses
from grading import gradebook, nbgrader_api, staging, submissions
from grading.course import Course, CourseError, Unit
from grading.execution import job as jobs
from grading.execution.batch import run_all
from grading.execution.job import Job, Result
from grading.handin import names
from grading.outcomes import GRADED, NOT_GRADED, Outcome, read_outcome, write_outcome
from grading.submissions import Submission


def autograde(
    exercise: Unit,
    course: Course,
    students: list[str] | None = None,
    force: bool = False,
    report: Callable[[int, int, Outcome], None] = lambda done, total, outcome: None,
    executor: Executor | None = None,
) -> list[Outcome]:
    """Grade the submissions to an exercise.

    A submission that was graded before and has not changed since is left alone, so an interrupted run goes on
    where it stopped. One that cannot be graded gets an outcome that says why and never stops the others.

    Parameters
    ----------
    students : list of str, optional
        Only these; everybody by default.
    force : bool
        Grade again what has not changed.
    report : callable
        Is told of each outcome as it comes: number done, number of all, outcome.
    executor : concurrent.futures.Executor, optional
        Runs the submissions; a process for each core by default.

    Raises
    ------
    CourseError
        If nothing was handed in, nbgrader refuses the exercise itself, the disk is full, or the gradebook stays locked.
    """
    with gradebook.in_words(), gradebook.one_at_a_time():
        return _autograde(exercise, course, students, force, report, executor)


def _autograde(exercise, course, students, force, report, executor) -> list[Outcome]:
    found = submissions.find(exercise, students)
    if not found:
        raise CourseError(
            f"No submissions to {exercise.id}: they belong in {submissions.place()}/STUDENT/{exercise.id}/."
        )
    gradebook.wait_until_free()
    gradebook.keep_copy()
    nbgrader_api.write_source(exercise, course)
    register = cache(partial(nbgrader_api.register, exercise))  # while the first submissions run
    outcomes: list[Outcome] = []

    def finish(submission: Submission, outcome: Outcome) -> None:
        write_outcome(outcome)
        words = [submission.remark(), outcome.reason] if outcome.state == GRADED else [outcome.reason]
        outcomes.append(replace(outcome, reason="; ".join(filter(None, words))))
        report(len(outcomes), len(found), outcomes[-1])

    def record(submission: Submission, result: Result | str, job: Job | None = None) -> None:
        register()
        finish(submission, _record(submission, result, job))

    held = gradebook.results_held(exercise.id)

    def pending() -> Iterator[tuple[Submission, Job]]:
        """What is to be run; where nothing is, the submission's outcome is finished on the way."""
        for submission in found:
            job, problem = prepare(submission, exercise)
            if problem:
                record(submission, problem)
                continue
            earlier, wanted = read_outcome(submission.student, exercise.id), job.digest()
            saved_at = jobs.result_path(submission.student, exercise.id)
            if not force and earlier and earlier.stands(held.get(submission.student), wanted):
                finish(submission, earlier)
            elif not force and (saved := Result.load(saved_at)) and saved.digest == wanted:
                record(submission, saved, job)
            else:
                yield submission, job

    for submission, job, result in run_all(pending(), exercise, executor):
        if isinstance(result, Result):
            result.save(jobs.result_path(submission.student, exercise.id))
        record(submission, result, job)
    register()
    return sorted(outcomes, key=lambda outcome: outcome.student)


def prepare(submission: Submission, exercise: Unit) -> tuple[Job | None, str]:
    """The job for a submission, or why there is none."""
    from grading.preprocessors.execute import job_of
    from grading.preprocessors.rebuild import rebuild

    problem = submission.problem()
    if problem:
        return None, problem
    try:
        source = nbformat.read(courses.ROOT / "grading/source" / exercise.id / f"{exercise.id}.ipynb", as_version=4)
        rebuilt = rebuild(staging.read(submission.notebook), source)[0]
        return job_of(rebuilt, submission.folder, exercise.id), ""
    except Exception as error:  # a notebook can be damaged in more ways than anybody foresees
        return None, f"the notebook cannot be read ({type(error).__name__}: {error}): ask the student for it again"


def _record(submission: Submission, result: Result | str, job: Job | None = None) -> Outcome:
    """Let nbgrader take a result into the gradebook; a problem in words leaves no automatic points behind."""
    problem = result if isinstance(result, str) else ""
    student, exercise = submission.student, submission.exercise
    gradebook.wait_until_free()
    gradebook.keep_copy_of_notebook(student, exercise)
    if not problem:
        with staging.staged(student, exercise, staging.read(submission.notebook), job.files | submission.stamp()):
            made = nbgrader_api.api().autograde(exercise, student, force=True, create=True)
            taken = nbgrader_api.unless_interrupted(made)
        problem = "" if taken["success"] else _last_words(taken)
        if problem and names.safe(student) != student:
            problem = (
                "its folder's name is one that nbgrader cannot read: `python -m grading doctor --repair` changes it"
            )
    if problem:
        reset(submission)
        return Outcome(submission.student, submission.exercise, NOT_GRADED, problem)
    took = dict(seconds=result.seconds, memory_mb=result.memory_mb, key=result.digest)
    return Outcome(submission.student, submission.exercise, GRADED, "; ".join(result.remarks), **took)


def reset(submission: Submission) -> None:
    """Make sure that nothing automatic of an earlier attempt stands beside a submission that cannot be graded."""
    from nbgrader.api import MissingEntry

    for made in ("autograded", "feedback"):
        shutil.rmtree(courses.workspace() / made / submission.student / submission.exercise, ignore_errors=True)
    with nbgrader_api.gradebook() as book:
        try:
            old = book.find_submission(submission.exercise, submission.student)
        except MissingEntry:
            return
        for notebook in old.notebooks:
            for entry in notebook.grades:
                entry.auto_score = 0
        gradebook.note_result(book, submission.student, submission.exercise, "")
        book.db.commit()


def _last_words(result: dict) -> str:
    """The line of nbgrader's complaint that says what happened.

    Raises
    ------
    CourseError
        If the disk or the gradebook is to blame, and not the submission.
    """
    text = result.get("error", "") + result.get("log", "")
    halt = gradebook.HALTS.search(text)
    if halt:
        raise CourseError(f"nbgrader cannot save results: {halt.group(1) or halt.group(2)}. {gradebook.AGAIN}")
    if "DeadKernelError" in text or "Kernel died" in text:
        return "the kernel died while the notebook ran (memory, or a crash)"
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith(" ")]
    return lines[-1].removeprefix("[ERROR] ") if lines else "nbgrader failed without a word"
