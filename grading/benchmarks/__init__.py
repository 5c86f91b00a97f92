"""Measurements of the grading itself, beside what nbgrader does alone."""
