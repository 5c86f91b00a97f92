"""A student kernel from within: Jupyter's own, and beside its sockets the one of the bridge.

Run as a program (`python -m grading.execution.kernel CONNECTION_FILE FOLDER`) where there is no warm parent to fork it.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from ipykernel.kernelapp import IPKernelApp
from matplotlib import pyplot
from matplotlib_inline.config import InlineBackend
from tornado.ioloop import IOLoop
from traitlets.config import Config

from grading import course as courses
from grading.execution import bridge
from grading.execution.warm import BRIDGE


class KernelApp(IPKernelApp):
    """Jupyter's kernel, settled by `_settings` alone: no command line and no files; no heartbeat, which nobody looks at."""

    def parse_command_line(self, argv: list[str] | None = None) -> None:
        pass

    def load_config_file(self, suppress_errors: bool | None = True) -> None:
        pass

    def init_heartbeat(self) -> None:
        pass


def _settings() -> Config:
    settings = Config()
    settings.IPKernelApp.log_level = "ERROR"
    settings.HistoryManager.enabled = False  # no file and no thread; what was run here is remembered
    settings.InteractiveShellApp.ignore_cwd = True  # what was handed in is imported when the kernel stands, not before
    return settings


def serve(connection_file: str, pictures: bool = True, ready: Callable[[], None] = lambda: None) -> None:
    """Become the kernel of the working folder: listen, say so, and serve until it is ended."""
    sys.path[:] = [path for path in sys.path if path != str(courses.ROOT) and path and os.path.exists(path)]
    for name in [name for name in sys.modules if name.partition(".")[0] == "grading"]:
        del sys.modules[name]
    sys.argv = ["ipykernel_launcher", "-f", connection_file]
    app = KernelApp.instance(config=_settings(), connection_file=connection_file)
    app.initialize([])
    # As in every notebook: the figures of a cell are shown when it ends, and closed. Pyplot, which was imported before
    # there was a shell, would draw each once more beforehand.
    app.shell.enable_matplotlib("inline")
    pyplot.uninstall_repl_displayhook()
    if not pictures:
        InlineBackend.instance(parent=app.shell).figure_formats = set()
    bridge.listen(str(Path(connection_file).with_name(BRIDGE)), IOLoop.current().asyncio_loop)
    sys.path.insert(0, "")
    ready()
    app.start()


if __name__ == "__main__":
    os.chdir(sys.argv[2])
    serve(sys.argv[1])
