"""What a submission costs at least: its cells and its tests in one warm process, and nothing else.

Run as a program of its own: `python -m grading.benchmarks.floor NOTEBOOK TIMES` in the exercise's folder. The first
pass warms up (imports, mechanisms, fonts); the processor time of each further one is printed.
"""

import contextlib
import io
import os
import sys
import time

import nbformat


def main(path: str, times: int) -> None:
    """Run the notebook's code cells again and again, the way a kernel does, figures included."""
    from IPython.core.interactiveshell import InteractiveShell

    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    shell = InteractiveShell.instance()
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    for number in range(times + 1):
        start = time.process_time()
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            done = [shell.run_cell(source) for source in cells]
        if not all(result.success for result in done):
            sys.exit(f"a cell fails:\n{printed.getvalue()}")
        if number:
            print("\nprocessor", time.process_time() - start, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
