"""The command line: `python -m grading COMMAND`."""

import argparse
import sys
from pathlib import Path

from grading import commands
from grading import course as courses
from grading.course import CourseError


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the process's exit code."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options, courses.load()) or 0
    except CourseError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nInterrupted. What was finished is kept; the same command goes on from there.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m grading", description="Build the course and grade its exercises.")
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run, help: str) -> argparse.ArgumentParser:
        sub = subparsers.add_parser(name, help=help, description=help)
        sub.set_defaults(run=run)
        return sub

    command("build", commands.run_build, "make notebooks, solutions and nbgrader's input from the texts")
    pictures = command("pictures", commands.run_pictures, "make the expected pictures of a unit from its text")
    pictures.add_argument("unit", help="an id of course.toml, lectures as lectures/ID")
    bring = command(
        "import", commands.run_import, "sort what an LMS, a shared folder or nbgrader's exchange holds into submitted/"
    )
    bring.add_argument("source", type=Path, help="a zip or a folder")
    bring.add_argument("--exercise", required=True)
    bring.add_argument("--times", default="", help="when they were handed in: a CSV file, or `modified`, or `stamped`")
    doctor = command(
        "doctor", commands.run_doctor, "say what is wrong with submissions, and repair what can be repaired"
    )
    doctor.add_argument("exercise", nargs="?", help="all exercises by default")
    doctor.add_argument("--repair", action="store_true", help="repair; the original is kept in grading/attempts/")
    grade = command("autograde", commands.run_autograde, "grade the submissions to an exercise")
    grade.add_argument("exercise")
    grade.add_argument("--student", action="append", dest="students", help="only this student (can be repeated)")
    grade.add_argument("--force", action="store_true", help="grade again what has not changed")
    grade.add_argument("--require-sandbox", action="store_true", help="stop where student code cannot be shut in")
    grade.add_argument("--workers", type=int, help="how many submissions run at once (by default: the number of cores)")
    grade.add_argument("--scheduler", metavar="ADDRESS", help="run them on the workers of this Dask scheduler")
    feedback = command("feedback", commands.run_feedback, "write the pages that students get back")
    feedback.add_argument("exercise")
    export = command("export", commands.run_export, "write scores.csv and canvas.csv")
    export.add_argument("exercise", nargs="?", help="all exercises by default")
    report = command("report", commands.run_report, "print the table of scores, write report.html")
    report.add_argument("exercise", nargs="?", help="all exercises by default")
    marking = command(
        "marking", commands.run_marking, "write the page and the sheet for marking the discussion questions by hand"
    )
    marking.add_argument("exercise")
    marking.add_argument("--hide-names", action="store_true", help="show codes in place of names")
    marking.add_argument("--formgrader", metavar="ADDRESS", help="where the links to the formgrader lead")
    marks = command("marks", commands.run_marks, "read a sheet with marks and comments into the gradebook")
    marks.add_argument("exercise")
    marks.add_argument("sheet", type=Path, metavar="FILE.csv")
    marks.add_argument("--replace", action="store_true", help="also where the gradebook has another mark or comment")
    command("demo", commands.run_demo, "grade a sample class on two exercises")
    edition = command(
        "student-edition", commands.run_student_edition, "write lectures and exercises alone, for students"
    )
    place = edition.add_mutually_exclusive_group(required=True)
    place.add_argument("target", nargs="?", type=Path, help="an empty or new folder")
    place.add_argument("--commit", action="store_true", help="commit to the branch student-edition instead")
    variants = command("variants", commands.run_variants, "run the tests of an exercise's tests")
    variants.add_argument("exercise")
    variants.add_argument("names", nargs="*", help="only these variants")
    mutants = command(
        "mutants", commands.run_mutants, "change the reference solution in small ways: is each change caught?"
    )
    mutants.add_argument("exercise")
    mutants.add_argument("answers", nargs="*", help="only the mutants of these answers")
    return parser


if __name__ == "__main__":
    sys.exit(main())
