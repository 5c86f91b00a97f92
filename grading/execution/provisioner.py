"""A Jupyter kernel provisioner, so that nbclient and Jupyter's kernel manager drive a forked kernel like any other."""

import asyncio
import contextlib
import os
import shutil
import signal
import tempfile

import psutil
from jupyter_client.provisioning import KernelProvisionerBase

from grading.execution.warm import Factory


class FactoryProvisioner(KernelProvisionerBase):
    """Gives Jupyter's kernel manager a kernel that talks over sockets in a private folder."""

    factory: Factory
    folder: str
    pid: int | None = None
    sockets: str = ""
    _process: psutil.Process | None = None

    @property
    def has_process(self) -> bool:
        return self.pid is not None

    async def pre_launch(self, **kwargs) -> dict:
        manager = self.parent
        self.sockets = tempfile.mkdtemp(prefix="kernel-")
        manager.transport, manager.ip = "ipc", f"{self.sockets}/socket"
        manager.connection_file = f"{self.sockets}/connection.json"
        manager.cache_ports = False
        manager.write_connection_file()
        self.connection_info = manager.get_connection_info()
        return await super().pre_launch(cmd=[], **kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs) -> dict:
        self.pid = self.factory.kernel(self.parent.connection_file, self.folder)
        with contextlib.suppress(psutil.Error):
            self._process = psutil.Process(self.pid)
        return self.connection_info

    async def poll(self) -> int | None:
        return None if self._alive() else 1

    async def wait(self) -> int | None:
        while self._alive():
            await asyncio.sleep(0.02)
        return 0

    async def send_signal(self, number: int) -> None:
        if self._process is not None:
            with contextlib.suppress(psutil.Error):
                self._process.send_signal(number)

    def kill_now(self) -> None:
        """Kill the kernel from any thread."""
        process = self._process
        if process is not None:
            with contextlib.suppress(psutil.Error):
                process.kill()

    async def kill(self, restart: bool = False) -> None:
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:
        await self.kill()

    async def cleanup(self, restart: bool = False) -> None:
        self.pid, self._process = None, None
        shutil.rmtree(self.sockets, ignore_errors=True)

    def family(self) -> list[psutil.Process]:
        """The kernel and what it started; empty where it has ended."""
        process = self._process
        try:
            return [process, *descendants(process)]
        except (psutil.Error, AttributeError):
            return []

    def _alive(self) -> bool:
        try:
            return self._process is not None and self._process.status() != psutil.STATUS_ZOMBIE
        except psutil.Error:
            return False


def descendants(process: psutil.Process) -> list[psutil.Process]:
    """What a process has started, and what that has; where Linux lists them, since psutil looks at all of the machine's."""
    if not os.path.exists(f"/proc/{process.pid}/task/{process.pid}/children"):
        return process.children(recursive=True)
    found, places = [], tasks([process])
    while places:
        numbers = ""
        with contextlib.suppress(OSError), open(f"{places.pop()}/children") as stream:
            numbers = stream.read()
        for number in map(int, numbers.split()):
            with contextlib.suppress(psutil.Error):  # it has ended since
                found.append(psutil.Process(number))
                places += tasks(found[-1:])
    return found


def tasks(family: list[psutil.Process]) -> list[str]:
    """The system's folders about each process and thread; empty where there are none."""
    found = []
    for part in family:
        with contextlib.suppress(OSError):
            found += [entry.path for entry in os.scandir(f"/proc/{part.pid}/task")]
    return found


def usage(family: list[psutil.Process]) -> tuple[float, int]:
    """Memory in MB and the number of different open files of these processes."""
    memory, files = 0.0, set()
    for part in family:
        with contextlib.suppress(psutil.Error):  # forks share most of their memory: each counts its part of it
            memory += (part.memory_info().rss if len(family) == 1 else part.memory_full_info().pss) / 1e6
            files |= _open_files(part.pid)
    return memory, len(files)


def _open_files(pid: int) -> set[str]:
    """What a process has open, each once: forks share what they inherited. Empty where that is not to be seen."""
    found = set()
    with contextlib.suppress(OSError):
        for entry in os.scandir(f"/proc/{pid}/fd"):
            with contextlib.suppress(OSError):
                found.add(os.readlink(entry))
    return found
