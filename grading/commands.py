"""What each command of the command line does and prints. Each imports what it needs when it is asked for."""

import argparse
import gc
import sys
from pathlib import Path

from grading import course as courses
from grading.course import CourseError


def run_build(options: argparse.Namespace, course: courses.Course) -> None:
    from grading.build import units

    changed = units.build(course)
    for path in changed:
        print("wrote", path.relative_to(courses.ROOT))
    print(f"{len(course.units)} units built, {len(changed)} files changed.")
    for path in units.unknown_files(course):
        print("no text makes", path.relative_to(courses.ROOT), "(delete it?)")


def run_pictures(options: argparse.Namespace, course: courses.Course) -> None:
    from grading.pictures import make_pictures

    kind, _, name = options.unit.rpartition("/")
    units = course.lectures if kind == "lectures" else course.exercises
    unit = next((unit for unit in units if unit.id == name), None)
    if unit is None:
        raise CourseError(f"There is no unit {options.unit!r} in course.toml.")
    for path in make_pictures(unit, course):
        print(Path(path).relative_to(courses.ROOT))


def run_import(options: argparse.Namespace, course: courses.Course) -> int:
    from grading.handin.collect import collect

    exercise = course.exercise(options.exercise)
    lines = collect(options.source, exercise, course, options.times, lambda line: print(line, flush=True))
    lost = sum(line.lost for line in lines)
    print(
        f"{len(lines) - lost} files sorted{f', {lost} to look at' if lost else ''}. Next: `python -m grading doctor`."
    )
    return 1 if lost else 0


def run_doctor(options: argparse.Namespace, course: courses.Course) -> int:
    from grading.handin import doctor, findings, roster

    people = roster.load()
    chosen = (course.exercise(options.exercise),) if options.exercise else doctor.exercises_with_submissions(course)
    found = []
    for exercise in chosen:
        found += doctor.examine(exercise, course, people, options.repair, lambda finding: print(finding, flush=True))
    print(findings.summary(found, [exercise.id for exercise in chosen]))
    return 1 if any(finding.need != findings.NOTE for finding in found) else 0


def run_autograde(options: argparse.Namespace, course: courses.Course) -> None:
    from grading import late
    from grading.autograde import autograde
    from grading.execution import pools

    exercise = course.exercise(options.exercise)
    late.extensions(course)  # a mistake there is told before anything runs
    if options.scheduler:
        executor = pools.Cluster(options.scheduler, options.require_sandbox)
    else:
        executor = pools.local(exercise, options.require_sandbox, options.workers, options.students)
    gc.disable()  # nothing of what imports make is garbage
    from grading.preprocessors.execute import NO_SANDBOX  # nbgrader takes seconds: workers get ready meanwhile
    from grading.results.report import table
    from grading.results.scores import rows

    gc.freeze()
    gc.enable()
    problem = executor.problem
    if problem:
        print(NO_SANDBOX.format(problem=problem), file=sys.stderr)
    with executor:
        autograde(exercise, course, options.students, options.force, report=progress, executor=executor)
    print(table(rows(exercise)))
    if problem:
        print(f"\nGraded without a sandbox: {problem}.")
    print(f"\nGradebook and autograded notebooks: {courses.workspace()}")


def progress(done: int, total: int, outcome) -> None:
    from grading.handin.names import shown

    words = f"{outcome.state}: {outcome.reason}" if outcome.reason else outcome.state
    line = f"[{done}/{total}] {outcome.student} {outcome.exercise}: {words} ({outcome.seconds:.1f} s)"
    print(shown(line), flush=True)


def run_feedback(options: argparse.Namespace, course: courses.Course) -> None:
    from grading.results.feedback import make_feedback

    exercise = course.exercise(options.exercise)
    if not make_feedback(exercise, report=lambda done, total, page: print(f"[{done}/{total}] {page}")):
        print(f"No pages: none of the submissions to {exercise.id} could be graded.")


def run_export(options: argparse.Namespace, course: courses.Course) -> None:
    from grading.results.export import export, strangers
    from grading.results.scores import all_rows

    rows = all_rows(_exercises(options, course))
    for path in export(rows):
        print(path)
    if unknown := strangers(rows):
        print(f"Not in the roster, so that Canvas may not know them: {', '.join(unknown)}")
    open_marks = sum(row.to_mark > 0 for row in rows)
    if open_marks:
        print(f"Still to be marked by hand in {open_marks} submissions: their points are those marked so far.")


def run_report(options: argparse.Namespace, course: courses.Course) -> None:
    from grading.results.report import table
    from grading.results.report_page import write_report
    from grading.results.scores import all_rows

    print(table(all_rows(_exercises(options, course))))
    print(f"\nThe same with statistics of each item: {write_report(_exercises(options, course), course)}")


def run_marking(options: argparse.Namespace, course: courses.Course) -> None:
    from grading.results.marking import FORMGRADER, write_marking

    exercise = course.exercise(options.exercise)
    page, sheet = write_marking(exercise, options.hide_names, options.formgrader or FORMGRADER)
    print(f"To read:           {page}\nTo enter marks in: {sheet}")
    print(f"Then:              python -m grading marks {exercise.id} {sheet}")


def run_marks(options: argparse.Namespace, course: courses.Course) -> None:
    from grading.results.marks import read_marks

    done = read_marks(course.exercise(options.exercise), options.sheet, options.replace)
    print(
        f"{done.marks} marks and {done.comments} comments written, {done.same} rows as the gradebook has them,", end=" "
    )
    print(f"{done.empty} rows without points.")
    if done.copy:
        print(f"The gradebook as it was before: {done.copy}")


def _exercises(options: argparse.Namespace, course: courses.Course) -> tuple[courses.Unit, ...]:
    return (course.exercise(options.exercise),) if options.exercise else course.exercises


def run_demo(options: argparse.Namespace, course: courses.Course) -> None:
    from grading.demo import demo

    demo(course)


def run_student_edition(options: argparse.Namespace, course: courses.Course) -> None:
    from grading import student_edition

    if options.commit:
        changed = student_edition.commit_student_edition(course)
        print(f"The branch {student_edition.BRANCH}: {'one commit more' if changed else 'nothing new'}.")
    else:
        print(f"{len(student_edition.make_student_edition(course, options.target))} files in {options.target}")


def run_variants(options: argparse.Namespace, course: courses.Course) -> int:
    from grading import variants

    def report(done: int, total: int, result: variants.Result) -> None:
        print(f"[{done}/{total}] {result.name}: {result.complaint or 'as it should be'}", flush=True)

    results = variants.run(course.exercise(options.exercise), course, options.names, report)
    for right, words in ((False, "wrong answers caught"), (True, "right answers accepted")):
        of_this_kind = [result for result in results if result.right == right]
        print(f"{words}: {sum(not result.complaint for result in of_this_kind)} of {len(of_this_kind)}")
    return 1 if any(result.complaint for result in results) else 0


def run_mutants(options: argparse.Namespace, course: courses.Course) -> int:
    from grading import mutants

    def report(done: int, total: int, fate: mutants.Fate) -> None:
        print(f"[{done}/{total}] {fate.mutant.name}: {fate.words}", flush=True)

    findings = mutants.run(course.exercise(options.exercise), course, options.answers, report)
    print(mutants.words(findings))
    return 1 if findings.unexplained or findings.not_graded else 0
