"""Run a notebook's code in a kernel of any installed package set, and say how long it took and how much memory."""

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from grading.course import ROOT

SETS = {
    "ebrains-24.04": ROOT / ".venvs/ebrains-24.04",
    "ebrains-25.02": ROOT / ".venv",
    "newest": ROOT / ".venvs/newest",
}
# The kernel's own peak in kB. getrusage's begins with what the process that started the kernel had reached, so
# it serves only where there is no /proc.
PEAK_MEMORY = """\
import os, re, resource
if os.path.exists("/proc/self/status"):
    print(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read()).group(1))
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@dataclass
class Run:
    """What came of running a notebook: seconds, peak memory in MB, and the errors by cell id."""

    seconds: float
    peak_memory_mb: int
    errors: dict[str, str] = field(default_factory=dict)
    stderr: dict[str, str] = field(default_factory=dict)


def python_of(package_set: str) -> Path | None:
    """The interpreter of a package set, or None where the set is not installed."""
    python = SETS[package_set] / "bin/python"
    return python if python.exists() else None


def run(notebook, folder: Path, python: Path, timeout: int = 300, times: int = 1) -> Run:
    """Run all code cells of a notebook in order, in one kernel, `times` times.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Its cells receive their outputs.
    folder : Path
        Where the kernel works; what the notebook reads must lie there.
    python : Path
        The interpreter that has ipykernel and what the notebook imports.
    timeout : int
        Seconds for one cell.

    Returns
    -------
    Run
        An error in one cell does not keep the next from running.
    """
    return asyncio.run(_run(notebook, folder, python, timeout, times))


async def _run(notebook, folder: Path, python: Path, timeout: int, times: int) -> Run:
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient

    class Manager(AsyncKernelManager):
        @property
        def kernel_spec(self) -> KernelSpec:
            launcher = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
            launcher.append("--IPKernelApp.log_level=ERROR")
            return KernelSpec(argv=launcher, language="python", display_name=python.parent.parent.name)

    manager = Manager(connection_file="")
    resources = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, km=manager, timeout=timeout, allow_errors=True, resources=resources)
    result = Run(0.0, 0)
    start = time.perf_counter()
    async with client.async_setup_kernel(cleanup_kc=True):
        for _ in range(times):
            for index, cell in enumerate(notebook.cells):
                if cell.cell_type == "code" and cell.source.strip():
                    await client.async_execute_cell(cell, index)
                    _collect(cell, result)
        result.seconds = time.perf_counter() - start
        asked = nbformat.v4.new_code_cell(PEAK_MEMORY)
        notebook.cells.append(asked)
        await client.async_execute_cell(asked, -1)
        notebook.cells.pop()
        result.peak_memory_mb = int(asked.outputs[0]["text"]) // 1024
    return result


def _collect(cell, result: Run) -> None:
    for output in cell.outputs:
        if output.output_type == "error":
            result.errors[cell.id] = f"{output.ename}: {output.evalue}"
        elif output.output_type == "stream" and output.name == "stderr":
            result.stderr[cell.id] = result.stderr.get(cell.id, "") + output.text
