"""Jupyter's kernel manager and client, for kernels that a factory forks."""

import contextlib
import time
from pathlib import Path
from queue import Empty

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from grading.execution import outputs
from grading.execution.provisioner import FactoryProvisioner
from grading.execution.warm import Factory


class KernelClient(AsyncKernelClient):
    """A client that begins as soon as it can: jupyter_client's waits for 0.2 s of silence first."""

    def start_channels(self, **channels: bool) -> None:
        """All but the heartbeat: its thread, and whoever stops it, waits for good where a kernel cuts the connection."""
        super().start_channels(**{**channels, "hb": False})

    async def wait_for_ready(self, timeout: float) -> None:
        """Return when the kernel answers, and what it says arrives.

        Raises
        ------
        RuntimeError
            If it does not.
        """
        end = time.monotonic() + timeout
        while time.monotonic() < end and await self.is_alive():
            request = self.kernel_info()
            with contextlib.suppress(Empty):
                await self.get_shell_msg(timeout=1)
                while True:
                    message = await self.get_iopub_msg(timeout=0.2)
                    state = message["content"].get("execution_state")
                    if message["parent_header"].get("msg_id") == request and state == "idle":
                        return
        raise RuntimeError("the kernel does not answer")


class KernelManager(AsyncKernelManager):
    """A manager whose kernel is forked by a factory in place of started as a program."""

    def __init__(self, factory: Factory, folder: Path):
        super().__init__(context=outputs.sockets(), client_factory=KernelClient)
        self._factory, self._folder = factory, folder

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(argv=[], language="python", display_name="student")

    async def _async_pre_start_kernel(self, **kwargs):
        self.shutting_down = False
        self.provisioner = FactoryProvisioner(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
        self.provisioner.factory, self.provisioner.folder = self._factory, str(self._folder)
        await self.provisioner.pre_launch()
        return [], {}
