"""Running a submission: its cells in the student kernel, test cells in a grader process of their own."""
