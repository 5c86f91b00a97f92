"""The student kernel of a submission, and the next one where it has ended: what had finished runs again there.

A cell can have set what ends the kernel later on, such as an alarm or a thread, and would do so in each that follows. So
where kernels ended several times, the next is first left alone for a while. If it ends though nothing runs, the student's
cell that brings that about is looked for, and left out from then on.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from nbclient.exceptions import CellTimeoutError
from nbformat import NotebookNode

from grading.execution.cells import is_locked, name, new
from grading.execution.session import StudentKernel
from grading.execution.warm import Factory

MAX_RESTARTS = 10
SUSPICIOUS = 3  # restarts: until then, an end costs what ran, and no cell is left out for it
MOST_PATIENCE = 10.0  # seconds that a kernel is left alone


@dataclass
class Kernels:
    """One kernel after another, each in the state that the cells before it left.

    `finished` are the cells that ran to their end, `cut_short` those of them all in which a kernel ended. `ended` is told
    why a kernel ended while it was made, with no words where nothing here had ended it. All is over at the time `end`.
    """

    factory: Factory
    folder: Path
    cells: list[NotebookNode]
    cell_seconds: int
    end: float
    remarks: list[str]
    ended: Callable[[str], None]
    finished: dict[int, NotebookNode] = field(default_factory=dict)
    cut_short: dict[int, NotebookNode] = field(default_factory=dict)
    restarts: int = 0
    peak_memory_mb: float = 0.0

    def too_late(self) -> bool:
        return time.monotonic() > self.end

    async def start(self) -> None:
        self.begun = time.monotonic()
        self.kernel = StudentKernel(self.factory, self.folder, self.cells, self.cell_seconds)
        await self.kernel.start()

    async def stop(self) -> None:
        self.peak_memory_mb = max(self.peak_memory_mb, self.kernel.peak_memory_mb)
        await self.kernel.stop()

    async def replace(self) -> bool:
        """Begin a kernel in the place of the one that has ended; whether there is one to go on with."""
        patience = min(MOST_PATIENCE, 1.25 * (time.monotonic() - self.begun) + 1)
        while not self.too_late():
            if self.restarts >= MAX_RESTARTS:
                words = f"the kernel ended more than {MAX_RESTARTS} times: what came after was not run"
                self.remarks += [words] if words not in self.remarks else []
                await self.kernel.kill("nothing is to run in it any more")
                return False
            self.restarts += 1
            last = max(self.finished, default=-1)
            last = await self._replay(last, patience if self.restarts >= SUSPICIOUS else 0.0)
            if last is None:
                return True
            if (culprit := await self._culprit(last, patience)) is not None:
                self._leave_out(culprit)
        return False

    async def _replay(self, last: int, patience: float) -> int | None:
        """Run again what had finished, up to a cell, then wait; the cell at which the kernel ended, None if it lives.

        With patience, a cell of no meaning runs at the end: what finished may have set a trap for the next one.
        """
        await self.stop()
        await self.start()
        again = [(index, cell) for index, cell in sorted(self.finished.items()) if index <= last]
        for index, cell in again + [(last, new("code", "pass"))] * (patience > 0):
            if self.too_late():
                return None
            try:
                await self.kernel.execute(NotebookNode(cell, outputs=[]), index)
            except Exception as error:  # noqa: BLE001, the kernel sends what no kernel sends
                await self.kernel.kill(f"{type(error).__name__} in a cell that had run before")
                self.ended(self.kernel.died_of)
                if isinstance(error, CellTimeoutError):
                    self._leave_out(index)  # to look for another takes as long each time
                return index
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self.kernel.end()
                self.ended(self.kernel.died_of)
                return last
        return None

    async def _culprit(self, last: int, patience: float) -> int | None:
        """The student's cell to do without, of those up to `last`, with which a kernel has ended.

        That is the first that makes a kernel end, or where that one is the course's, the student's last before it. None
        where another kernel does not end so: then somebody else had ended it.
        """
        done = [index for index in sorted(self.finished) if index <= last]
        if last not in done or await self._replay(last, patience) is None:
            return None
        harmless, harmful = 0, len(done)  # with so many of them a kernel lives, and ends
        while harmful - harmless > 1:
            middle = (harmless + harmful) // 2
            if await self._replay(done[middle - 1], patience) is None:
                harmless = middle
            else:
                harmful = middle
        theirs = [index for index in done[:harmful] if not is_locked(self.finished[index])]
        return theirs[-1] if theirs and not self.too_late() else None

    def _leave_out(self, index: int) -> None:
        """Do without a cell from now on; those in which kernels ended behind it may have been innocent: they run again."""
        cell = self.finished.pop(index)
        self.finished |= {other: short for other, short in self.cut_short.items() if other > index}
        self.cut_short.clear()
        words = f"{name(cell)} ends the kernel after it has run, or when it runs again: left out from then on"
        self.remarks.append(words)
