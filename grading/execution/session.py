"""A submission's kernel and grader while they live: started, watched, asked, interrupted, stopped."""

import asyncio
import contextlib
import json
import math
import shutil
import signal
import socket
import tempfile
import time
from pathlib import Path

from nbformat import NotebookNode

from grading.execution import outputs
from grading.execution.grader import OVERTIME
from grading.execution.manager import KernelManager
from grading.execution.warm import BRIDGE, Factory
from grading.execution.watch import Watch

GRACE = 3.0  # seconds that an interrupted kernel has to answer again
SETUP_SECONDS = 90
BUSY_SECONDS = 20  # beyond what a cell may take twice, after which it is not the cell that takes them


class StudentKernel:
    """The kernel that runs what a student wrote."""

    def __init__(self, factory: Factory, folder: Path, cells: list[NotebookNode], cell_seconds: int):
        self.limits, self.cell_seconds, self._killed_because = factory.limits, cell_seconds, ""
        self.manager = KernelManager(factory, folder)
        notebook = NotebookNode(cells=list(cells))
        options = dict(timeout=cell_seconds, allow_errors=True, on_cell_executed=self._look_at_reply)
        self.client = outputs.Client(notebook, km=self.manager, **options)
        self.told_to_exit = False
        self.watch: Watch | None = None
        self._bridge: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def start(self) -> None:
        await self.client.async_start_new_kernel()
        await self.client.async_start_new_kernel_client()
        self.watch = Watch(self.manager.provisioner, self.limits)
        self.watch.start()

    @property
    def bridge(self) -> str:
        """Where the kernel answers what tests ask."""
        return f"{self.manager.provisioner.sockets}/{BRIDGE}"

    async def execute(self, cell: NotebookNode, index: int) -> None:
        """Run a cell and collect its outputs; raises what nbclient raises for time-outs and deaths."""
        self.client.cell_bytes = 0
        self.watch.deadline = time.monotonic() + 2 * self.cell_seconds + BUSY_SECONDS
        try:
            await self.client.async_execute_cell(cell, index)
        finally:
            self.watch.deadline = math.inf

    def _look_at_reply(self, execute_reply: dict, **kwargs) -> None:
        self.told_to_exit = "ask_exit" in str(execute_reply["content"].get("payload"))

    async def recover(self) -> bool:
        """Interrupt what runs; whether the kernel is of use afterwards. One that ignores it is killed."""
        await self.manager.provisioner.send_signal(signal.SIGINT)
        if await self.answers("", seconds=GRACE):
            return True
        await self.kill("it did not stop when it was interrupted")
        return False

    async def goes_on(self, seconds: float) -> bool:
        """Whether its loop turns and its bridge answers, within so many seconds."""
        with contextlib.suppress(OSError, ValueError):  # no connection, or too long a line
            async with asyncio.timeout(seconds):
                if self._bridge is None:
                    self._bridge = await asyncio.open_unix_connection(self.bridge)
                reader, writer = self._bridge
                writer.write(b'["ping"]\n')
                return bool(await reader.readline())
        return False

    async def answers(self, code: str, seconds: float) -> bool:
        """Whether the kernel runs this code without a word, within so many seconds."""
        client = self.client.kc
        message = client.execute(code, silent=True, store_history=False)
        with contextlib.suppress(asyncio.TimeoutError):
            async with asyncio.timeout(seconds):
                while await self.alive():
                    with contextlib.suppress(Exception):  # queue.Empty, or a message that a submission forged
                        reply = await client.get_shell_msg(timeout=0.2)
                        if reply["parent_header"]["msg_id"] == message:
                            return True
        return False

    async def alive(self) -> bool:
        return await self.manager.is_alive()

    async def end(self) -> None:
        """Wait until the kernel has ended."""
        while await self.alive():
            await asyncio.sleep(0.05)

    async def kill(self, why: str) -> None:
        """End it, for this reason; one that has ended already may have been ended by somebody else."""
        if await self.alive():
            self._killed_because = self.died_of or why
        await self.manager.provisioner.kill()
        await self.end()

    @property
    def died_of(self) -> str:
        """Why it was ended from here; empty where it ended by itself."""
        return self._killed_because or (self.watch.reason if self.watch else "")

    @property
    def peak_memory_mb(self) -> float:
        return self.watch.peak_memory_mb if self.watch else 0.0

    async def stop(self) -> None:
        """End the kernel at once: nothing of it is needed any more."""
        if self.watch:
            self.watch.stop()
        if self._bridge:
            self._bridge[1].close()
        if self.client.kc:
            self.client.kc.stop_channels()
        if self.manager.provisioner:
            await self.manager.provisioner.kill()
            await self.manager.provisioner.cleanup()
        await self.manager.cleanup_resources()
        self.manager.context.destroy(linger=0)


class Grader:
    """The process that runs test cells and says how each ended."""

    def __init__(self, factory: Factory, course_folder: Path):
        self.factory, self.course_folder = factory, course_folder
        self.setup: list[str] = []
        self.pid: int | None = None

    async def start(self, kernel: StudentKernel) -> None:
        """Fork a grader and connect it to a kernel; it runs the set-up cells that the last one had run."""
        place = tempfile.mkdtemp(prefix="grader-")
        try:
            with socket.socket(socket.AF_UNIX) as listening:
                listening.bind(f"{place}/socket")
                listening.listen(1)
                self.pid = self.factory.grader(f"{place}/socket")
                listening.settimeout(30)
                connection, _ = listening.accept()
        finally:
            shutil.rmtree(place)
        connection.setblocking(False)
        self.reader, self.writer = await asyncio.open_connection(sock=connection, limit=2**26)
        await self._ask({"connect": kernel.bridge, "folder": str(self.course_folder)}, 30)
        for source in self.setup:
            await self._ask({"setup": source}, SETUP_SECONDS)

    async def set_up(self, source: str) -> dict:
        """Run what later graders of this submission need to run, too."""
        self.setup.append(source)
        return await self._ask({"setup": source}, SETUP_SECONDS)

    async def test(self, source: str, seconds: float) -> dict:
        """The reply of `grader.run`; a grader that does not reply is replaced by the caller.

        Raises
        ------
        EOFError, asyncio.TimeoutError
            If the grader ended or hangs.
        """
        return await self._ask({"test": source, "seconds": seconds}, seconds + 2 * OVERTIME)

    async def _ask(self, request: dict, seconds: float) -> dict:
        if self.pid is None:
            raise EOFError("the grader has ended")
        self.writer.write(json.dumps(request).encode() + b"\n")
        async with asyncio.timeout(seconds):
            line = await self.reader.readline()
        if not line:
            raise EOFError("the grader ended")
        return json.loads(line)

    def stop(self) -> None:
        if self.pid is not None:
            self.writer.close()
            self.factory.kill(self.pid)
            self.pid = None
