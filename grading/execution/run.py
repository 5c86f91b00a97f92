"""Run a rebuilt submission: its cells in the student kernel, each test cell in the grader."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from grading.execution import outputs
from grading.execution.cells import fail, is_locked, name, record, role, write
from grading.execution.exceptions import ENDLESS, KernelGone
from grading.execution.replace import Kernels
from grading.execution.session import Grader, StudentKernel
from grading.execution.warm import Factory

ANSWER_SECONDS = 10
NEVER_RAN = "It never ran: the kernel had ended before."
GRADER_ENDED = "The process that judges it ended: is a value too large?"
GRADER_FAILED = (EOFError, TimeoutError, ValueError, OSError)  # it ended, hangs, or says more than can be read


@dataclass
class Execution:
    """A submission on its way through both kernels.

    `notebook` receives outputs and verdicts, `remarks` say what a person should know. The student kernel finds `folder`
    beside the notebook; `course_folder` holds the course's own files, for the grader. With `until_disturbed` it stops where
    a kernel or a grader ended that nothing here had ended.
    """

    notebook: NotebookNode
    folder: Path
    course_folder: Path
    factory: Factory
    cell_seconds: int
    notebook_seconds: int
    remarks: list[str] = field(default_factory=list)
    until_disturbed: bool = False
    reached: int = 0  # the cell that it is at
    disturbed_at: int | None = None  # the first at which a kernel or a grader ended that nothing here had ended

    async def run(self) -> None:
        """Run every code cell; outputs and verdicts are written into the notebook's cells."""
        end = time.monotonic() + self.notebook_seconds
        given = (self.factory, self.folder, self.notebook.cells, self.cell_seconds)
        self.kernels = Kernels(*given, end, self.remarks, self._ended)
        self.grader = Grader(self.factory, self.course_folder)
        try:
            await self.kernels.start()
            await self._start_grader()
            for index, cell in enumerate(self.notebook.cells):
                if cell.cell_type != "code" or not cell.source.strip():
                    continue
                cell.outputs, cell.execution_count, self.reached = [], None, index
                usable = not self.kernels.too_late() and await self._kernel_is_of_use()
                if self.kernels.too_late():
                    words = f"The notebook took more than {self.notebook_seconds} s."
                    fail(cell, "TimeoutError", words, ran=False)
                elif not usable:
                    fail(cell, "DeadKernelError", NEVER_RAN, ran=False)
                else:
                    await self._run(cell, index)
                if self.until_disturbed and self.disturbed_at is not None:
                    break
        finally:
            self.grader.stop()
            await self.kernels.stop()
        for cell in self.notebook.cells:
            if cell.cell_type == "code":
                outputs.clean(cell)
        if self.kernels.too_late():
            self.remarks.append(f"the notebook took more than {self.notebook_seconds} s")

    @property
    def kernel(self) -> StudentKernel:
        return self.kernels.kernel

    async def _run(self, cell: NotebookNode, index: int) -> None:
        if role(cell) in ("test", "summary"):
            await self._test(cell, index)
            return
        await self._execute(cell, index)
        if role(cell) == "setup":
            try:
                reply = await self.grader.set_up(cell.source)
            except GRADER_FAILED as error:
                reply = {"status": "error", "ename": type(error).__name__, "evalue": "the grader ended"}
            if reply["status"] == "error":
                self.remarks.append(f"the set-up failed where the tests run: {reply['ename']}: {reply['evalue']}")

    async def _execute(self, cell: NotebookNode, index: int) -> None:
        """Run a cell of the submission in the student kernel."""
        try:
            await self.kernel.execute(cell, index)
            if not is_locked(cell):
                await self._check_that_it_answers()
            self.kernels.finished[index] = cell
        except CellTimeoutError:
            fail(cell, "TimeoutError", ENDLESS)
            await self._interrupt(cell)
        except Exception as error:  # noqa: BLE001, the kernel sends what no kernel sends
            if not isinstance(error, DeadKernelError):
                await self.kernel.kill(f"it sent what cannot be read ({type(error).__name__})")
            self.kernels.cut_short[index] = cell
            self._died(cell)

    async def _check_that_it_answers(self) -> None:
        """Raise DeadKernelError for a kernel that was told to shut down, or broken: the next cell has no part in that.

        A shutdown takes effect a moment after the cell that asked for it, when the kernel's loop has turned.
        """
        if self.kernel.told_to_exit:
            await asyncio.sleep(0.5)
        if not (await self.kernel.goes_on(ANSWER_SECONDS) and await self.kernel.answers("", ANSWER_SECONDS)):
            await self.kernel.kill("it did not answer any more")
            raise DeadKernelError("Kernel died")

    async def _test(self, cell: NotebookNode, index: int) -> None:
        """Run a test cell in the grader; only its verdict earns points."""
        try:
            reply = await self._unless_it_dies(self.grader.test(cell.source, self.cell_seconds))
            if reply.get("ename") == KernelGone.__name__ and not await self.kernel.alive():
                raise DeadKernelError("Kernel died")
        except DeadKernelError:
            self._died(cell)
            reply = {"stdout": ""}
        except GRADER_FAILED as error:
            self.grader.stop()
            hangs = isinstance(error, TimeoutError)
            self._ended(hangs)
            ename, words = ("CallTimeout", ENDLESS) if hangs else ("KernelGone", GRADER_ENDED)
            reply = {"status": "error", "ename": ename, "evalue": words, "traceback": [], "stdout": ""}
        if "status" in reply:
            write(cell, index, reply)
        if role(cell) == "test":
            self.grader.setup.append(record(cell, reply))
        if reply.get("ename") == "CallTimeout":
            await self._interrupt(cell)
        if self.grader.pid is None and await self.kernel.alive():
            await self._start_grader()

    async def _start_grader(self) -> None:
        """Begin another grader; one that ends at once fails the next test alone, which begins another."""
        try:
            await self.grader.start(self.kernel)
        except GRADER_FAILED:
            self._ended(explained=False)
            self.grader.stop()

    async def _interrupt(self, cell: NotebookNode) -> None:
        words = f"{name(cell)} did not end within {self.cell_seconds} s"
        stopped = await self.kernel.recover()
        self.remarks.append(words if stopped else f"{words}, nor when it was interrupted")

    async def _unless_it_dies(self, asking) -> dict:
        """The grader's reply, or DeadKernelError as soon as the kernel that it asks has ended."""
        reply, death = asyncio.ensure_future(asking), asyncio.ensure_future(self.kernel.end())
        await asyncio.wait([reply, death], return_when=asyncio.FIRST_COMPLETED)
        death.cancel()
        if not reply.done():
            reply.cancel()
            self.grader.stop()
            raise DeadKernelError("Kernel died")
        return reply.result()

    async def _kernel_is_of_use(self) -> bool:
        """Whether there is a kernel to go on with; a dead one is replaced."""
        while not await self.kernel.alive():
            self.grader.stop()
            if not await self.kernels.replace():
                return False
            await self._start_grader()
        return True

    def _ended(self, explained: bool | str) -> None:
        if not explained and self.disturbed_at is None:
            self.disturbed_at = self.reached

    def _died(self, cell: NotebookNode) -> None:
        self._ended(self.kernel.died_of)
        cause = self.kernel.died_of or "it crashed, or was ended from inside"
        words = f"the kernel ended in {name(cell)}: {cause}"
        self.remarks.append(words)
        fail(cell, "DeadKernelError", f"The{words[3:]}.")


def run_to_its_end(execution: Execution) -> None:
    """Run in a loop of its own: the formgrader calls from within its server's, which cannot be used for it."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(execution.run())
        return
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(execution.run())).result()
